import { createHash, randomUUID } from 'node:crypto'
import { Encrypter } from 'age-encryption'
import { uuidv7 } from 'uuidv7'
import type { FeedItem, FeedKind } from '../../src/contract/province/feed.ts'
import type { Message, MessageBody, MessageKind } from '../../src/contract/province/message.ts'
import type { SealedDossier } from '../../src/contract/province/sealed.ts'
import { type Exchange, protocolChecker } from './protocol.ts'

/**
 * Speaks the wire protocol as a kiosk would, without one: for tests of the province alone. Throws when the
 * province gives an answer, or takes a request, that is not in the published protocol.
 */
export interface KioskClient {
  request(method: 'GET' | 'POST', path: string, options?: RequestOptions): Promise<Answer>
  registerEpoch(epoch?: number, instance?: string): Promise<Answer>
  /** Sends exactly these bytes. */
  send(message: WireMessage): Promise<Answer>
  feed<K extends FeedKind>(
    kind: K,
    after?: number,
  ): Promise<{ cursor: number; item: FeedItem<K> }[]>
}

export interface RequestOptions {
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface Answer {
  readonly status: number
  readonly text: string
  /** The parsed text; `undefined` when it is not JSON. */
  readonly json: Record<string, unknown> | undefined
}

export interface WireMessage {
  readonly key: string
  readonly text: string
}

let checker: ReturnType<typeof protocolChecker> | undefined

/** Whatever is answered, and whatever is taken, must be as the published document says. */
function holdAgainstProtocol(exchange: Exchange): void {
  checker ??= protocolChecker()
  const { request, answer } = checker.judge(exchange)
  const problems = exchange.status < 300 ? [...request, ...answer] : answer
  if (problems.length === 0) return
  throw new Error(`${exchange.method} ${exchange.path} ${exchange.status}: ${problems.join('; ')}`)
}

export function kioskClient(
  url: string,
  kiosk: { readonly id: string; readonly token: string },
): KioskClient {
  const request = async (
    method: 'GET' | 'POST',
    path: string,
    { body, headers }: RequestOptions = {},
  ): Promise<Answer> => {
    const answer = await fetch(`${url}/v1/kiosks/${kiosk.id}/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${kiosk.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    })
    const text = await answer.text()
    holdAgainstProtocol({
      method,
      path: `/v1/kiosks/${kiosk.id}/${path}`,
      requestHeaders: {
        authorization: `Bearer ${kiosk.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      requestBody: Buffer.from(body ?? ''),
      status: answer.status,
      answerType: answer.headers.get('content-type') ?? undefined,
      answerBody: Buffer.from(text),
    })
    let json: Record<string, unknown> | undefined
    try {
      json = JSON.parse(text)
    } catch {
      json = undefined
    }
    return { status: answer.status, text, json }
  }
  return {
    request,
    registerEpoch: (epoch = 1, instance = randomUUID()) =>
      request('POST', 'epochs', {
        body: JSON.stringify({
          epoch,
          instance,
          startedAt: '2026-02-09T01:00:00.000Z',
          slipKeyId: 's-1',
          slipPublicKey: Buffer.alloc(32, 7).toString('base64url'),
        }),
      }),
    send: ({ key, text }) =>
      request('POST', 'messages', { body: text, headers: { 'idempotency-key': key } }),
    async feed<K extends FeedKind>(kind: K, after = 0) {
      const answer = await request('GET', `feed/${kind}?after=${after}`)
      if (answer.status !== 200) throw new Error(`feed answered ${answer.text}`)
      return answer.json?.items as { cursor: number; item: FeedItem<K> }[]
    },
  }
}

let sequence = 0

/** The text of one message, as a kiosk would mint it. */
export function wireMessage<K extends MessageKind>(
  kind: K,
  body: MessageBody<K>,
  envelope: Partial<Message> = {},
): WireMessage {
  sequence += 1
  const key = envelope.key ?? uuidv7()
  const text = JSON.stringify({
    key,
    kioskId: 'K07',
    epoch: 1,
    sequence,
    lane: 'intakeId' in body && body.intakeId ? body.intakeId : 'lane',
    at: '2026-02-09T02:00:00.000Z',
    ...envelope,
    kind,
    body,
  })
  return { key, text }
}

export async function seal(recipient: string, content: unknown): Promise<string> {
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipient)
  return Buffer.from(await encrypter.encrypt(JSON.stringify(content))).toString('base64')
}

export function intakeIdOf(number: number, kioskId = 'K07'): string {
  return `${kioskId}-1-${String(number).padStart(6, '0')}-A`
}

/** A dossier of a person who does not exist. */
export function syntheticDossier(
  intakeId: string,
  changes: Partial<SealedDossier> = {},
): SealedDossier {
  const person = {
    kind: 'person' as const,
    name: 'Nguyễn Thử Nghiệm',
    idNumber: '000000000000',
    idKind: 'citizenId' as const,
    birthDate: '01011990',
    sex: 'Nữ',
    address: 'Số 0, đường Không Có',
    source: 'card' as const,
  }
  return {
    version: 1,
    intakeId,
    bagCode: `BAG-${intakeId}`,
    procedureCode: '1.000000',
    procedureName: 'Thủ tục thử nghiệm',
    applicant: person,
    owner: person,
    relation: 'self',
    phone: '0900000001',
    phoneConfirmed: true,
    hasSecret: false,
    papers: [{ id: 'p1', name: 'Tờ khai', kind: 'original', count: 1 }],
    language: 'vi',
    sealedAt: '2026-02-09T02:00:00.000Z',
    salt: Buffer.alloc(16, 1).toString('base64'),
    ...changes,
  }
}

/** The deposit message of a dossier, sealed to the province. */
export async function depositMessage(
  recipient: string,
  dossier: SealedDossier,
  envelope: Partial<Message> = {},
): Promise<WireMessage> {
  const body: MessageBody<'dossierDeposited'> = {
    intakeId: dossier.intakeId,
    bagCode: dossier.bagCode,
    procedureCode: dossier.procedureCode,
    compartment: 3,
    depositedAt: '2026-02-09T02:00:00.000Z',
    clockSynchronised: true,
    phoneConfirmed: dossier.phoneConfirmed,
    contentHash: createHash('sha256').update(JSON.stringify(dossier)).digest('hex'),
    sealed: await seal(recipient, dossier),
  }
  return wireMessage('dossierDeposited', body, envelope)
}
