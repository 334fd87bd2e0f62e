/** At most so many rows of the chain stand without a signature after them. */
export const signEveryRows = 100

/** The chain up to this row, as the machine signed it. */
export interface SignedHead {
  readonly sequence: number
  readonly hash: string
  readonly epoch: number
  readonly at: string
  readonly keyId: string
  /** Ed25519 over `auditHeadText`, base64url. */
  readonly signature: string
}

export interface AuditSigner {
  readonly keyId: string
  /** Ed25519, base64url. */
  readonly sign: (text: string) => string
}
