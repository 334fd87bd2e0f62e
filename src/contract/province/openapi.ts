import { z } from 'zod'
import { type FeedKind, feedItems, feedKinds, feedPageSchema, feedRefusalSchema } from './feed.ts'
import { heartbeatAnswerSchema, heartbeatSchema } from './heartbeat.ts'
import { missingAnswerSchema, missingQuestionSchema } from './held.ts'
import { provinceKeysSchema } from './keys.ts'
import {
  kioskIdSchema,
  messageBodies,
  messageKinds,
  messageSchema,
  sha256HexSchema,
  uuidV7Schema,
} from './message.ts'
import { pageReceiptSchema } from './page.ts'
import {
  epochRegistrationSchema,
  type Problem,
  phoneCodeRequestSchema,
  problemSchema,
  receiptSchema,
} from './receipt.ts'

type Json = { readonly [key: string]: unknown }

/** The protocol between kiosk and province as OpenAPI 3.1: what `docs/protocol/openapi.json` holds. */
export function provinceProtocol(): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Một cửa 24/7: kiosk to province',
      version: '1',
      description:
        'Spoken over https, or plain http to the machine itself. Nothing but what stands here is sent or ' +
        'answered. Personal data is only in fields named `sealed…` and in pages: age ciphertext (X25519) that ' +
        'the province alone can open. See README.md beside this file for order, repetition and receipts.',
    },
    security: [{ kioskToken: [] }],
    paths: {
      '/v1/keys': {
        get: {
          operationId: 'readKeys',
          summary: 'The public halves of the keys of the province',
          security: [],
          responses: { 200: answer('ProvinceKeys'), ...problems(500) },
        },
      },
      ...kioskPaths(),
      ...Object.assign({}, ...feedKinds.map(feedPaths)),
    },
    components: {
      securitySchemes: { kioskToken: { type: 'http', scheme: 'bearer' } },
      parameters: {
        kioskId: parameter('path', 'kioskId', kioskIdSchema),
        contentHash: parameter('path', 'contentHash', sha256HexSchema),
        key: parameter('header', 'Idempotency-Key', uuidV7Schema),
        after: parameter('query', 'after', z.int().nonnegative()),
        limit: parameter('query', 'limit', z.int().min(1).max(500)),
      },
      responses: Object.fromEntries(
        problemStatuses.map((status) => [
          `problem${status}`,
          {
            description: codesOf[status].join(', '),
            content: json({
              allOf: [
                reference('schemas', 'Problem'),
                { properties: { code: { enum: codesOf[status] } } },
              ],
            }),
          },
        ]),
      ),
      schemas: schemas(),
    },
  }
}

const root = '/v1/kiosks/{kioskId}'

function kioskPaths(): Json {
  return {
    [`${root}/epochs`]: kioskPath({
      post: {
        operationId: 'registerEpoch',
        summary: 'Before the first upload of a database',
        requestBody: body('EpochRegistration'),
        responses: {
          200: answer('EpochRegistered'),
          ...problems(400, 401, 403, 409, 413, 500, 503),
        },
      },
    }),
    [`${root}/messages`]: kioskPath({
      post: {
        operationId: 'sendMessage',
        summary: 'One message; the same key with the same bytes always gets the same receipt',
        parameters: [reference('parameters', 'key')],
        requestBody: body('Message'),
        responses: {
          200: answer('Receipt'),
          ...problems(400, 401, 403, 409, 413, 422, 500, 503),
        },
      },
    }),
    [`${root}/messages/missing`]: kioskPath({
      post: {
        operationId: 'askMissing',
        summary: 'Which of these keys, for which receipts were given, are not held here',
        requestBody: body('MissingQuestion'),
        responses: { 200: answer('MissingAnswer'), ...problems(400, 401, 403, 413, 500, 503) },
      },
    }),
    [`${root}/pages/{contentHash}`]: kioskPath({
      put: {
        operationId: 'putPage',
        summary: 'One scanned page as age ciphertext, addressed by its SHA-256',
        parameters: [reference('parameters', 'contentHash')],
        requestBody: { required: true, content: { 'application/octet-stream': {} } },
        responses: {
          200: answer('PageReceipt'),
          201: answer('PageReceipt'),
          ...problems(400, 401, 403, 413, 500, 503),
        },
      },
    }),
    [`${root}/heartbeat`]: kioskPath({
      post: {
        operationId: 'beat',
        summary: 'How the machine is, once a minute; only the newest counts',
        requestBody: body('Heartbeat'),
        responses: { 200: answer('HeartbeatAnswer'), ...problems(400, 401, 403, 413, 500, 503) },
      },
    }),
    [`${root}/phone-codes`]: kioskPath({
      post: {
        operationId: 'requestPhoneCode',
        summary: 'An SMS that confirms a phone number, at once or not at all',
        requestBody: body('PhoneCodeRequest'),
        responses: { 202: answer('Nothing'), ...problems(400, 401, 403, 413, 429, 500, 503) },
      },
    }),
  }
}

function feedPaths(kind: FeedKind): Json {
  const name = kind[0]?.toUpperCase() + kind.slice(1)
  return {
    [`${root}/feed/${kind}`]: kioskPath({
      get: {
        operationId: `read${name}`,
        summary: 'What is new after a cursor, in the order of cursors',
        parameters: [reference('parameters', 'after'), reference('parameters', 'limit')],
        responses: { 200: answer(`${name}Page`), ...problems(400, 401, 403, 500, 503) },
      },
    }),
    [`${root}/feed/${kind}/refusals`]: kioskPath({
      post: {
        operationId: `refuse${name}`,
        summary: 'An item that this kiosk parked',
        requestBody: body('FeedRefusal'),
        responses: { 200: answer('Nothing'), ...problems(400, 401, 403, 404, 413, 500, 503) },
      },
    }),
  }
}

function schemas(): Json {
  const messages = messageKinds.map((kind) => {
    const envelope = { ...messageSchema.shape, kind: z.literal(kind), body: messageBodies[kind] }
    return [kind, schema(z.strictObject(envelope))] as const
  })
  const pages = feedKinds.map((kind) => {
    const item = z.strictObject({ cursor: z.int().positive(), item: feedItems[kind] })
    const page = z.strictObject({ ...feedPageSchema.shape, items: z.array(item).max(500) })
    return [`${kind[0]?.toUpperCase()}${kind.slice(1)}Page`, schema(page)] as const
  })
  const mapping = messageKinds.map((kind) => [kind, `#/components/schemas/${kind}`])
  return {
    ProvinceKeys: schema(provinceKeysSchema),
    EpochRegistration: schema(epochRegistrationSchema),
    EpochRegistered: schema(z.strictObject({ epoch: z.int().positive() })),
    Message: {
      oneOf: messageKinds.map((kind) => reference('schemas', kind)),
      discriminator: { propertyName: 'kind', mapping: Object.fromEntries(mapping) },
    },
    ...Object.fromEntries(messages),
    Receipt: schema(receiptSchema),
    PageReceipt: schema(pageReceiptSchema),
    Heartbeat: schema(heartbeatSchema),
    HeartbeatAnswer: schema(heartbeatAnswerSchema),
    MissingQuestion: schema(missingQuestionSchema),
    MissingAnswer: schema(missingAnswerSchema),
    PhoneCodeRequest: schema(phoneCodeRequestSchema),
    ...Object.fromEntries(pages),
    FeedRefusal: schema(feedRefusalSchema),
    Nothing: schema(z.strictObject({})),
    Problem: schema(z.strictObject(problemSchema.shape)),
  }
}

const problemStatuses = [400, 401, 403, 404, 409, 413, 422, 429, 500, 503] as const
type ProblemStatus = (typeof problemStatuses)[number]

const codesOf: Readonly<Record<ProblemStatus, readonly Problem['code'][]>> = {
  400: ['INVALID_MESSAGE'],
  401: ['UNAUTHENTICATED'],
  403: ['FORBIDDEN'],
  404: ['NOT_FOUND'],
  409: ['EPOCH_UNKNOWN', 'EPOCH_REPEATED'],
  413: ['TOO_LARGE'],
  422: ['KEY_REUSED', 'DOSSIER_EXISTS'],
  429: ['BUSY'],
  500: ['INTERNAL'],
  503: ['BUSY'],
}

function problems(...statuses: readonly ProblemStatus[]): Json {
  return Object.fromEntries(
    statuses.map((status) => [status, reference('responses', `problem${status}`)]),
  )
}

function kioskPath(operations: Json): Json {
  return { parameters: [reference('parameters', 'kioskId')], ...operations }
}

function reference(group: string, name: string): Json {
  return { $ref: `#/components/${group}/${name}` }
}

function json(content: Json): Json {
  return { 'application/json': { schema: content } }
}

function body(name: string): Json {
  return { required: true, content: json(reference('schemas', name)) }
}

function answer(name: string): Json {
  return { description: name, content: json(reference('schemas', name)) }
}

function parameter(place: 'path' | 'header' | 'query', name: string, of: z.ZodType): Json {
  return { name, in: place, required: place !== 'query', schema: schema(of) }
}

/** As it is written: what has a default may be left out. */
function schema(of: z.ZodType): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(of, { io: 'input' })
  return rest
}
