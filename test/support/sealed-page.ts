import { createHash } from 'node:crypto'
import { Encrypter } from 'age-encryption'
import sharp from 'sharp'

export interface SealedTestPage {
  readonly jpeg: Buffer
  readonly ciphertext: Buffer
  readonly contentHash: string
  readonly captureHash: string
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** An A4 page that shows nothing but its shade of grey, sealed as a kiosk does. */
export async function sealedPage(recipient: string, shade: number): Promise<SealedTestPage> {
  const background = { r: shade, g: shade, b: shade }
  const create = { width: 1654, height: 2339, channels: 3, background } as const
  const jpeg = await sharp({ create }).jpeg().toBuffer()
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipient)
  const ciphertext = Buffer.from(await encrypter.encrypt(jpeg))
  return { jpeg, ciphertext, contentHash: sha256(ciphertext), captureHash: sha256(jpeg) }
}

/** @returns the HTTP status */
export async function sendPage(
  url: string,
  kiosk: { readonly id: string; readonly token: string },
  { contentHash, ciphertext }: SealedTestPage,
): Promise<number> {
  const answer = await fetch(`${url}/v1/kiosks/${kiosk.id}/pages/${contentHash}`, {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${kiosk.token}`,
      'content-type': 'application/octet-stream',
    },
    body: new Uint8Array(ciphertext),
  })
  await answer.arrayBuffer()
  return answer.status
}
