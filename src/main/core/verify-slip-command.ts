import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { parseVerificationKeys } from '../domain/parse-verification-keys.ts'
import { parseSlipQr, type SlipClaim } from '../domain/slip-qr.ts'
import { verifySlipQr } from '../domain/verify-slip-qr.ts'

export interface CommandResult {
  /** 0: signed by one of the keys. 1: not so. 2: asked wrongly. */
  readonly exitCode: 0 | 1 | 2
  readonly lines: readonly string[]
}

const usage = [
  'usage: npm run verify-slip -- QR (--keys FILE | --key KEY)',
  '  QR    what a reader reads from the slip: MC1*…',
  '  FILE  JSON: [{"keyId": …, "publicKey": …}]',
  '  KEY   public key in base64url, or keyId:key',
]

/** Needs neither machine nor network. */
export function verifySlipCommand(args: readonly string[]): CommandResult {
  const asked = readArguments(args)
  if (asked === undefined) return { exitCode: 2, lines: usage }
  const payload = asked.payload.trim()
  const text = asked.key ?? readKeyFile(asked.keysFile)
  if (text === undefined) {
    return { exitCode: 2, lines: [`${asked.keysFile}: cannot be read`] }
  }
  const keys = parseVerificationKeys(text, parseSlipQr(payload)?.keyId ?? '')
  if (keys === undefined) {
    return { exitCode: 2, lines: [`${asked.keysFile || '--key'}: holds no Ed25519 public key`] }
  }
  const verdict = verifySlipQr(payload, keys)
  if (verdict.ok) {
    return { exitCode: 0, lines: [...claimLines(verdict.slip), 'signature     good'] }
  }
  switch (verdict.code) {
    case 'NOT_A_SLIP':
      return { exitCode: 1, lines: ['not the QR of a slip'] }
    case 'UNKNOWN_KEY':
      return {
        exitCode: 1,
        lines: [...claimLines(verdict.slip), 'signature     not checked: no key with this id'],
      }
    case 'BAD_SIGNATURE':
      return {
        exitCode: 1,
        lines: [...claimLines(verdict.slip), 'signature     BAD: changed, or not of this machine'],
      }
  }
}

function claimLines(slip: SlipClaim): readonly string[] {
  return [
    `intake id     ${slip.intakeId}`,
    `time          ${slip.at}`,
    `content hash  ${slip.contentHash}`,
    `key id        ${slip.keyId}`,
  ]
}

interface Arguments {
  readonly payload: string
  readonly key: string | undefined
  readonly keysFile: string
}

function readArguments(args: readonly string[]): Arguments | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: joined(args),
      allowPositionals: true,
      options: { keys: { type: 'string' }, key: { type: 'string' } },
    })
    const [payload, ...rest] = positionals
    const oneSource = (values.keys === undefined) !== (values.key === undefined)
    if (payload === undefined || rest.length > 0 || !oneSource) return undefined
    return { payload, key: values.key, keysFile: values.keys ?? '' }
  } catch {
    return undefined
  }
}

function readKeyFile(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

/** One key in 64 begins with a dash, which would be taken for an option of its own: `--key X` becomes `--key=X`. */
function joined(args: readonly string[]): string[] {
  return args.flatMap((arg, index) => {
    if (args[index - 1] === '--key') return []
    return arg === '--key' && index + 1 < args.length ? [`--key=${args[index + 1]}`] : [arg]
  })
}
