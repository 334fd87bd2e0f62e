import { readFileSync, statSync } from 'node:fs'

/** @throws Error when the file is missing, empty, or readable by others */
export function readSecret({
  password,
  passwordFile,
}: {
  readonly password?: string | undefined
  readonly passwordFile?: string | undefined
}): string {
  if (passwordFile === undefined) return password ?? ''
  if ((statSync(passwordFile).mode & 0o077) !== 0) {
    throw new Error(`${passwordFile} is readable by others: chmod 600`)
  }
  const secret = readFileSync(passwordFile, 'utf8').trim()
  if (secret === '') throw new Error(`${passwordFile} is empty`)
  return secret
}
