import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { type HttpStub, httpStub, type StubReply, type StubRequest } from './http-stub.ts'

/** One request as it went over the wire, and what came back. All data are made up. */
export interface Exchanged {
  readonly method: string
  readonly path: string
  /** Those that the vendor reads. */
  readonly headers: Readonly<Record<string, string>>
  /** JSON where it is some; of a form with files the names and sizes. */
  readonly request: unknown
  readonly answer: StubReply
}

const readHeaders = ['authorization', 'dstcode', 'charset', 'content-type']

export function recordable(request: StubRequest, answer: StubReply): Exchanged {
  const headers: Record<string, string> = {}
  for (const name of readHeaders) {
    const value = request.headers[name]
    // The boundary of a form is new each time.
    if (typeof value === 'string') headers[name] = value.replace(/boundary=.*$/, 'boundary=…')
  }
  return {
    method: request.method,
    path: request.path,
    headers,
    request: readable(request),
    answer,
  }
}

function readable({ body, headers }: StubRequest): unknown {
  if (body.length === 0) return null
  if (headers['content-type']?.startsWith('multipart/')) {
    const text = body.toString('latin1')
    return [...text.matchAll(/name="([^"]*)"(?:; filename="([^"]*)")?/g)].map(
      ([, name, fileName]) => ({ name, fileName }),
    )
  }
  return JSON.parse(body.toString('utf8'))
}

export interface Replay extends HttpStub {
  /** How many of the recorded exchanges have happened. */
  played(): number
  readonly length: number
}

/** A server that knows one conversation by heart and answers nothing else. */
export async function replay(file: string): Promise<Replay> {
  const url = new URL(`../../province/official/conversations/${file}`, import.meta.url)
  const recorded = JSON.parse(readFileSync(url, 'utf8')) as readonly Exchanged[]
  let next = 0
  const stub = await httpStub((request) => {
    const expected = recorded[next]
    if (!expected) throw new Error(`${request.method} ${request.path} was never recorded`)
    const { answer } = expected
    expect(recordable(request, answer)).toEqual(expected)
    next += 1
    return answer
  })
  return { ...stub, played: () => next, length: recorded.length }
}
