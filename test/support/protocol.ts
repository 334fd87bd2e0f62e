import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'

/** One request and its answer, as they were on the wire. */
export interface Exchange {
  readonly method: string
  /** With the query. */
  readonly path: string
  readonly requestHeaders: Readonly<Record<string, string | string[] | undefined>>
  readonly requestBody: Buffer
  readonly status: number
  readonly answerType: string | undefined
  readonly answerBody: Buffer
}

export interface Judgement {
  /** `operationId`; undefined when the document has no such address and method. */
  readonly operation: string | undefined
  readonly request: readonly string[]
  readonly answer: readonly string[]
}

type Json = { readonly [key: string]: unknown }
interface Parameter {
  readonly name: string
  readonly in: 'path' | 'header' | 'query'
  readonly required: boolean
}
interface Operation {
  readonly operationId: string
  readonly security?: readonly unknown[]
  readonly parameters?: readonly Json[]
  readonly requestBody?: { readonly content: Json }
  readonly responses: Readonly<Record<string, Json>>
}

export const protocolFile = new URL('../../docs/protocol/openapi.json', import.meta.url)

/** Holds exchanges against an OpenAPI document; by default against the one that is published. */
export function protocolChecker(document: Json = JSON.parse(readFileSync(protocolFile, 'utf8'))): {
  judge(exchange: Exchange): Judgement
  readonly operations: readonly string[]
} {
  const ajv = new Ajv2020({ validateFormats: false, strict: false, allErrors: true })
  ajv.addSchema({ ...document, $id: 'protocol' })
  const validators = new Map<string, ValidateFunction>()
  const validate = (pointer: string, value: unknown): string[] => {
    const found = validators.get(pointer) ?? ajv.compile({ $ref: `protocol#${pointer}` })
    validators.set(pointer, found)
    if (found(value)) return []
    return (found.errors ?? []).map(({ instancePath, message, params }) =>
      [instancePath || '(top)', message, params.additionalProperty].filter(Boolean).join(' '),
    )
  }
  const at = (pointer: string): unknown =>
    pointer
      .split('/')
      .slice(1)
      .reduce<unknown>(
        (node, step) => (node as Json)[step.replaceAll('~1', '/').replaceAll('~0', '~')],
        document,
      )
  /** Follows a reference; answers where the thing itself stands. */
  const resolve = (pointer: string): string => {
    const reference = (at(pointer) as Json).$ref
    return typeof reference === 'string' ? reference.slice(1) : pointer
  }
  const escaped = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1')

  const paths = Object.entries(document.paths as Json).map(([template, item]) => ({
    pointer: `/paths/${escaped(template)}`,
    pattern: new RegExp(`^${template.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
    item: item as Json,
  }))

  function judge(exchange: Exchange): Judgement {
    const url = new URL(exchange.path, 'http://province')
    const path = paths.find(({ pattern }) => pattern.test(url.pathname))
    const method = exchange.method.toLowerCase()
    const operation = path?.item[method] as Operation | undefined
    if (!path || !operation) {
      const unknown = [`${exchange.method} ${url.pathname} is not in the document`]
      const known = exchange.status === 404 ? answerProblems('', exchange) : unknown
      return { operation: undefined, request: unknown, answer: known }
    }
    const pointer = `${path.pointer}/${method}`
    const groups = path.pattern.exec(url.pathname)?.groups ?? {}
    const request = [
      ...parameterProblems([path.pointer, pointer], exchange, url, groups),
      ...bodyProblems(pointer, operation, exchange),
    ]
    if (operation.security === undefined && !exchange.requestHeaders.authorization) {
      request.push('there is no bearer token')
    }
    return { operation: operation.operationId, request, answer: answerProblems(pointer, exchange) }
  }

  function parameterProblems(
    pointers: readonly string[],
    { requestHeaders }: Exchange,
    url: URL,
    groups: Readonly<Record<string, string>>,
  ): string[] {
    const known = new Set<string>()
    const problems = pointers.flatMap((owner) => {
      const list = ((at(owner) as Json).parameters ?? []) as readonly Json[]
      return list.flatMap((_, index) => {
        const pointer = resolve(`${owner}/parameters/${index}`)
        const { name, in: place, required } = at(pointer) as unknown as Parameter
        known.add(name)
        const text =
          place === 'path'
            ? groups[name]
            : place === 'query'
              ? url.searchParams.get(name)
              : requestHeaders[name.toLowerCase()]
        if (text === undefined || text === null) {
          return required ? [`${place} ${name} is missing`] : []
        }
        const value = place === 'query' && /^\d+$/.test(String(text)) ? Number(text) : text
        return validate(`${pointer}/schema`, value).map((problem) => `${name}: ${problem}`)
      })
    })
    const strange = [...url.searchParams.keys()].filter((name) => !known.has(name))
    return [...problems, ...strange.map((name) => `query ${name} is not in the document`)]
  }

  function bodyProblems(pointer: string, { requestBody }: Operation, exchange: Exchange): string[] {
    const { requestBody: bytes, requestHeaders } = exchange
    if (!requestBody) return bytes.length === 0 ? [] : ['there is a body, and none in the document']
    const type = String(requestHeaders['content-type'] ?? '')
    const media = requestBody.content[type] as Json | undefined
    if (!media) return [`content type ${type || '(none)'} is not in the document`]
    if (!media.schema) return []
    const json = parse(bytes)
    return json === undefined
      ? ['the body is not JSON']
      : validate(`${pointer}/requestBody/content/${escaped(type)}/schema`, json)
  }

  function answerProblems(pointer: string, exchange: Exchange): string[] {
    const { status, answerType, answerBody } = exchange
    const where =
      pointer === ''
        ? `/components/responses/problem${status}`
        : (at(`${pointer}/responses`) as Json)[status] && resolve(`${pointer}/responses/${status}`)
    if (typeof where !== 'string') return [`status ${status} is not in the document`]
    if (!/^application\/json(;|$)/.test(answerType ?? '')) return [`the answer is ${answerType}`]
    const json = parse(answerBody)
    return json === undefined
      ? ['the answer is not JSON']
      : validate(`${where}/content/application~1json/schema`, json)
  }

  const operations = paths.flatMap(({ item }) =>
    Object.values(item).flatMap((entry) => {
      const id = (entry as Partial<Operation>).operationId
      return id === undefined ? [] : [id]
    }),
  )
  return { judge, operations }
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}

export interface ProtocolWatch {
  /** To be given to a kiosk as its province. */
  readonly url: string
  /** Every request and every answer that was not as the document says, in a sentence each. */
  readonly problems: string[]
  /** The operations that were used. */
  readonly seen: Set<string>
  stop(): Promise<void>
}

/** Stands between a kiosk and the province, changes nothing, and holds all that passes against the document. */
export async function watchProtocol(target: string): Promise<ProtocolWatch> {
  const checker = protocolChecker()
  const problems: string[] = []
  const seen = new Set<string>()
  const server = createServer(async (request, reply) => {
    const requestBody = await readAll(request)
    const { method = 'GET', url: path = '/', headers } = request
    const { host: _host, connection: _connection, ...passedOn } = headers
    try {
      const answer = await fetch(target + path, {
        method,
        headers: passedOn as Record<string, string>,
        redirect: 'manual',
        ...(requestBody.length > 0 && { body: new Uint8Array(requestBody) }),
      })
      const answerBody = Buffer.from(await answer.arrayBuffer())
      const answerType = answer.headers.get('content-type') ?? undefined
      const { status } = answer
      const wire = { method, path, requestHeaders: headers, requestBody, status, answerType }
      const judged = checker.judge({ ...wire, answerBody })
      if (judged.operation) seen.add(judged.operation)
      for (const side of ['request', 'answer'] as const) {
        if (judged[side].length === 0) continue
        // Of a message that fits no kind there is one for every kind.
        problems.push(
          `${side} of ${method} ${path} ${status}: ${judged[side].slice(0, 3).join('; ')}`,
        )
      }
      const retryAfter = answer.headers.get('retry-after')
      reply.writeHead(status, {
        ...(answerType !== undefined && { 'content-type': answerType }),
        ...(retryAfter !== null && { 'retry-after': retryAfter }),
      })
      reply.end(answerBody)
    } catch {
      // The province is away: so is whoever stands before it.
      request.socket.destroy()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    problems,
    seen,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
