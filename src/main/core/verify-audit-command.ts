import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import {
  type AuditFault,
  type SignedAuditVerdict,
  verifySignedAudit,
} from '../audit/verify-signed-audit.ts'
import { parseVerificationKeys } from '../domain/parse-verification-keys.ts'
import { readAudit } from '../store/read-audit.ts'
import { StoreFault } from '../store/store-fault.ts'
import { createVerifier } from '../sync/verifier.ts'

export interface CommandResult {
  /** 0: whole and signed. 1: not so. 2: asked wrongly. */
  readonly exitCode: 0 | 1 | 2
  readonly lines: readonly string[]
}

const usage = [
  'usage: npm run verify-audit -- FILE (--keys KEYS | --key KEY)',
  '  FILE  the kiosk’s database, a copy of it or a backup',
  '  KEYS  JSON: [{"keyId": …, "publicKey": …}], as for slips',
  '  KEY   keyId:key, the public key in base64url',
]

const words: Readonly<Record<AuditFault, string>> = {
  GAP: 'a row is missing, doubled or in the wrong place',
  HASH: 'a row was changed, here or before',
  CUT_OFF: 'the chain ends before a row that was signed',
  REWRITTEN: 'another row stands where this one was signed',
  SIGNATURE_BAD: 'the signature does not hold',
  KEY_UNKNOWN: 'signed with a key that was not given',
  UNSIGNED: 'from here on nothing is signed, and it should be',
}

/** Needs the file and the public key, and neither machine nor network. */
export function verifyAuditCommand(args: readonly string[]): CommandResult {
  const asked = readArguments(args)
  if (asked === undefined) return { exitCode: 2, lines: usage }
  const text = asked.key ?? readText(asked.keysFile)
  const keys = text === undefined ? undefined : parseVerificationKeys(text, '')
  if (keys === undefined) {
    return { exitCode: 2, lines: [`${asked.keysFile || '--key'}: holds no Ed25519 public key`] }
  }
  try {
    const answer = readAudit(asked.file, (audit) => ({
      kioskId: audit.kioskId,
      verdict: verifySignedAudit(audit, createVerifier(keys)),
    }))
    if (answer === undefined) return { exitCode: 2, lines: [`${asked.file}: there is no file`] }
    return resultOf(answer.kioskId, answer.verdict)
  } catch (error) {
    if (!(error instanceof StoreFault)) throw error
    return { exitCode: 1, lines: [`${error.code}: ${error.message}`] }
  }
}

function resultOf(kioskId: string, verdict: SignedAuditVerdict): CommandResult {
  const kiosk = `kiosk         ${kioskId}`
  if (!verdict.ok) {
    const { code, sequence } = verdict
    return { exitCode: 1, lines: [kiosk, `row           ${sequence}`, `${code}: ${words[code]}`] }
  }
  const { count, head, signed } = verdict
  const upTo = signed
    ? `row ${signed.sequence}, ${signed.at}, epoch ${signed.epoch}, key ${signed.keyId}`
    : 'none yet'
  return {
    exitCode: 0,
    lines: [
      kiosk,
      `rows          ${count}`,
      `head          ${head}`,
      `signed        ${upTo}`,
      'good',
    ],
  }
}

function readArguments(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { keys: { type: 'string' }, key: { type: 'string' } },
    })
    const [file, ...rest] = positionals
    const oneSource = (values.keys === undefined) !== (values.key === undefined)
    if (file === undefined || rest.length > 0 || !oneSource) return undefined
    return { file, key: values.key, keysFile: values.keys ?? '' }
  } catch {
    return undefined
  }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
