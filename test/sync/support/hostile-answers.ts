import type { ServerResponse } from 'node:http'
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib'
import type { HostileAnswer } from './hostile-server.ts'

/** Where redirects lead: nobody may ever come there with a token. */
export interface Elsewhere {
  readonly url: string
}

/** Answers that no province gives; each is the whole behaviour of a server. */
export function hostileAnswers(
  elsewhere: Elsewhere,
): readonly (readonly [string, HostileAnswer])[] {
  return [
    ...[500, 501, 502, 504, 511, 599].map((status) => named(`${status} with a page`, page(status))),
    ...retryAfters.map((value) =>
      named(`429 with Retry-After ${value.slice(0, 30)}`, (response) => {
        response.writeHead(429, { 'retry-after': value, 'content-type': 'application/json' })
        response.end('{"code":"BUSY","message":""}')
      }),
    ),
    named('a problem with a code that no contract knows', json('{"code":"HA","message":1}', 400)),
    named('captive portal', page(200)),
    named('captive portal that calls its page JSON', json('<form>Wi-Fi</form>')),
    named('captive portal that speaks JSON', json('{"status":"login","url":"http://wifi"}')),
    ...[301, 302, 303, 307, 308].map((status) =>
      named(`redirect ${status}`, (response) => {
        response.writeHead(status, { location: `${elsewhere.url}/v1/` })
        response.end()
      }),
    ),
    ...wrongShapes.map((text) => named(`JSON ${text.slice(0, 40)}`, json(text))),
    named('JSON nested 8,000 deep', json('['.repeat(8_000) + ']'.repeat(8_000))),
    named('half of a JSON text', json('{"epoch":')),
    named('no bytes at all', json('')),
    named('bytes that are no UTF-8', json(Buffer.from([0x7b, 0xff, 0xfe, 0x7d]))),
    ...bombs().map(([encoding, bytes]) =>
      named(`compression bomb, ${encoding}`, (response) => {
        response.writeHead(200, {
          'content-type': 'application/json',
          'content-encoding': encoding,
        })
        response.end(bytes)
      }),
    ),
    named('endless body', (response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      pour(response, () => response.write(' '.repeat(65_536)))
    }),
    named('endless page of an error', (response) => {
      response.writeHead(500, { 'content-type': 'text/html' })
      pour(response, () => response.write(' '.repeat(65_536)))
    }),
    named('a body that is announced as longer than any disk', (response) => {
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': Number.MAX_SAFE_INTEGER,
      })
      pour(response, () => response.write(' '.repeat(65_536)))
    }),
    named('endless head', (response) => {
      response.socket?.write('HTTP/1.1 200 OK\r\n')
      pour(response, () => response.socket?.write(`x-more: ${'a'.repeat(1_000)}\r\n`) ?? false)
    }),
    named('endless trailers', (response) => {
      const head = 'content-type: application/json\r\ntransfer-encoding: chunked\r\n'
      response.socket?.write(`HTTP/1.1 200 OK\r\n${head}\r\n2\r\n{}\r\n0\r\n`)
      pour(response, () => response.socket?.write(`x-more: ${'a'.repeat(1_000)}\r\n`) ?? false)
    }),
    named('early hints without end', (response) => {
      const more = () => {
        if (response.socket?.destroyed !== false) return
        response.socket.write('HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n')
        setImmediate(more)
      }
      more()
    }),
    named('slow-loris in the head', drip('HTTP/1.1 200 OK\r\nx-slow: ')),
    named(
      'slow-loris in the body',
      drip('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 9000\r\n\r\n{'),
    ),
    named('accepts and never answers', () => {}),
    named('hangs up', (response) => response.socket?.end()),
    named('resets', (response) => response.socket?.resetAndDestroy()),
    named(
      'hangs up in the middle of the body',
      raw('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 90\r\n\r\n{"it'),
    ),
    named(
      'two lengths',
      raw(
        'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\ncontent-length: 9\r\n\r\n{}',
      ),
    ),
    named('another protocol', raw('SSH-2.0-OpenSSH_9.2\r\n')),
    named('a status that is no number', raw('HTTP/1.1 OK 200\r\n\r\n')),
    named(
      'switches to another protocol',
      raw('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'),
    ),
    named('not modified', raw('HTTP/1.1 304 Not Modified\r\n\r\n')),
    named('no content', raw('HTTP/1.1 204 No Content\r\n\r\n')),
  ]
}

const retryAfters = [
  '9'.repeat(300),
  '-5',
  'Fri, 31 Dec 9999 23:59:59 GMT',
  'Thu, 01 Jan 1970 00:00:00 GMT',
  'soon',
  '1e308',
  '0',
  '',
]

const wrongShapes = [
  'null',
  'true',
  '42',
  '-0',
  '1e999',
  '"done"',
  '[]',
  '[{}]',
  '{"outcome":"accepted"}',
  '{"ok":true}',
  '{"epoch":"1"}',
  '{"epoch":1.5}',
  '{"epoch":2}',
  '{"epoch":1,"more":2}',
  '{"items":{}}',
  '{"items":[null]}',
  '{"items":[{"cursor":"1","item":{}}]}',
  '{"items":[{"cursor":1e300,"item":{}}]}',
  `{"items":[${Array.from({ length: 11 }, (_, n) => `{"cursor":${n + 1},"item":0}`)}]}`,
  '{"auditSeen":{"sequence":-1,"hash":""}}',
  '{"__proto__":{"epoch":1,"items":[],"auditSeen":null}}',
  '{"constructor":{"prototype":{"epoch":1}},"epoch":1}',
  '{"__proto__":null,"items":[],"auditSeen":null,"epoch":1}',
]

function named(name: string, answer: HostileAnswer): readonly [string, HostileAnswer] {
  return [name, answer]
}

function json(text: string | Buffer, status = 200): HostileAnswer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(text)
  }
}

function page(status: number): HostileAnswer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'text/html' })
    response.end('<!doctype html><title>Wi-Fi</title><form action="/login">')
  }
}

/** These bytes and nothing more; then the connection ends. */
function raw(text: string): HostileAnswer {
  return (response) => response.socket?.end(text)
}

function drip(start: string): HostileAnswer {
  return ({ socket }) => {
    socket?.write(start)
    const timer = setInterval(() => socket?.write('a'), 20)
    socket?.on('close', () => clearInterval(timer))
  }
}

/** Writes for as long as the other side takes it. */
function pour({ socket }: ServerResponse, write: () => boolean): void {
  const more = () => {
    while (socket?.destroyed === false && write());
  }
  socket?.on('drain', more)
  more()
}

let made: readonly (readonly [string, Buffer])[] | undefined

/** Some hundred bytes each, 32 MB and more when they are unpacked. */
function bombs(): readonly (readonly [string, Buffer])[] {
  const text = Buffer.alloc(32_000_000, ' ')
  made ??= [
    ['gzip', gzipSync(gzipSync(text))],
    ['deflate', deflateSync(deflateSync(text))],
    ['br', brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
    ['gzip, gzip', gzipSync(gzipSync(text))],
  ]
  return made
}
