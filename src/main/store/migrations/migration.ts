/** One step forward; there is no way back but the backup that is made before it. */
export interface Migration {
  /** Number of the file's name; becomes `user_version`. */
  readonly version: number
  readonly name: string
  readonly sql: string
}
