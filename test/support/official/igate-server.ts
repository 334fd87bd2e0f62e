import { createHash } from 'node:crypto'
import { type Exchanged, recordable } from './conversation.ts'
import { type HttpStub, httpStub, type StubAnswer, type StubReply } from './http-stub.ts'

export type IgateCall =
  | 'GetToken'
  | 'GetNextValue'
  | 'UploadFile'
  | 'NoiHoSo'
  | 'CapNhatTienTrinh'
  | 'CapNhatTrangThai'
  | 'search'

/** `…After`: it has its effect, and the caller does not learn of it. */
export type IgateFault =
  | 'cutBefore'
  | 'cutAfter'
  | 'hangAfter'
  /** 503 of a gateway that lost the system behind it in mid-request. */
  | 'unavailableAfter'
  | 'gatewayAfter'
  | 'refused'
  | 'unauthorised'
  | 'wrongHash'
  | 'saysNothing'

export interface IgateDossier {
  readonly id: string
  readonly body: Readonly<Record<string, unknown>>
  readonly statuses: readonly number[]
  /** Each row once, however often it came. */
  readonly progress: readonly Readonly<Record<string, unknown>>[]
}

export interface IgateServer extends HttpStub {
  /** By their code. */
  readonly dossiers: ReadonlyMap<string, IgateDossier>
  readonly files: ReadonlyMap<string, Buffer>
  readonly conversation: readonly Exchanged[]
  /** A NoiHoSo for a code that has a dossier already. */
  readonly doubled: readonly string[]
  numbersGiven(): number
  calls(call: IgateCall): number
  fail(call: IgateCall, fault: IgateFault): void
}

interface Held {
  readonly id: string
  body: Record<string, unknown>
  readonly statuses: number[]
  readonly progress: Record<string, unknown>[]
}

/** An iGate behind an LGSP, with the shapes of its six calls. */
export async function igateServer(): Promise<IgateServer> {
  const dossiers = new Map<string, Held>()
  const files = new Map<string, Buffer>()
  const conversation: Exchanged[] = []
  const doubled: string[] = []
  const counts = new Map<IgateCall, number>()
  const faults: { readonly call: IgateCall; readonly fault: IgateFault }[] = []
  let tokens = 0
  let numbers = 0

  const bad = (message: string): StubReply => ({ status: 400, body: { code: 400, message } })
  const ok = (data?: object): StubReply => ({
    body: { code: 200, message: 'Thành công', ...(data && { data }) },
  })

  const takeFile = (body: Buffer, wrongHash: boolean): StubReply => {
    const headEnd = body.indexOf('\r\n\r\n') + 4
    const boundary = body.subarray(0, body.indexOf('\r\n'))
    const bytes = body.subarray(headEnd, body.indexOf(boundary, headEnd) - 2)
    const id = `file-${files.size + 1}`
    files.set(id, bytes)
    const hash = createHash('sha256').update(bytes).digest('hex')
    const HashTepTin = wrongHash ? hash.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) : hash
    return ok([{ IdTepTin: id, HashTepTin }])
  }

  const create = (body: Record<string, unknown>): StubReply => {
    const code = String(body.MaHoSo ?? '')
    if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(String(body.NgayTiepNhan))) return bad('Sai ngày')
    const detail = JSON.stringify(body)
    if (/Huyen/.test(detail)) return bad('Không có cấp huyện')
    if (typeof body.LoaiDoiTuong !== 'number') return bad('Sai LoaiDoiTuong')
    if (dossiers.has(code)) {
      doubled.push(code)
      return bad(`Hồ sơ ${code} đã tồn tại`)
    }
    const id = `hs-${dossiers.size + 1}`
    dossiers.set(code, { id, body, statuses: [], progress: [] })
    return ok({ idHoSo: id, maHoSo: code })
  }

  const progress = (rows: Record<string, unknown>[]): StubReply => {
    if (rows.length > 10) return bad('Quá 10 bản ghi')
    for (const row of rows) {
      const held = dossiers.get(String(row.MaHoSo))
      if (!held) return bad('Không tìm thấy hồ sơ')
      const text = JSON.stringify(row)
      if (!held.progress.some((known) => JSON.stringify(known) === text)) held.progress.push(row)
    }
    return ok()
  }

  const status = (rows: Record<string, unknown>[]): StubReply => {
    for (const row of rows) {
      const held = dossiers.get(String(row.MaHoSo))
      if (!held) return bad('Không tìm thấy hồ sơ')
      const now = Number(row.TrangThai)
      if (held.statuses.at(-1) !== now) held.statuses.push(now)
    }
    return ok()
  }

  const serve = (call: IgateCall, query: URLSearchParams, body: Buffer, wrongHash: boolean) => {
    if (call === 'UploadFile') return takeFile(body, wrongHash)
    const json = body.length > 0 ? JSON.parse(body.toString('utf8')) : {}
    switch (call) {
      case 'GetToken': {
        if (json.client_id !== 'tester' || json.client_secret !== 'synthetic-secret') {
          return { status: 401, body: { error: 'invalid_client' } }
        }
        tokens += 1
        const access_token = `t-${tokens}`
        return { body: { access_token, expires_in: 300, token_type: 'Bearer', scope: 'default' } }
      }
      case 'GetNextValue': {
        numbers += 1
        const number = String(numbers).padStart(7, '0')
        return { body: { value: `${query.get('code')}-20260209-${number}` } }
      }
      case 'NoiHoSo':
        return create(json)
      case 'CapNhatTienTrinh':
        return progress(json)
      case 'CapNhatTrangThai':
        return status(json)
      case 'search': {
        const code = query.get('code') ?? ''
        const held = dossiers.get(code)
        return { body: { content: held ? [{ id: held.id, code }] : [] } }
      }
    }
  }

  const stub = await httpStub((request): StubAnswer => {
    const url = new URL(request.path, 'http://igate.invalid')
    const call = url.pathname.slice(1) as IgateCall
    counts.set(call, (counts.get(call) ?? 0) + 1)
    const at = faults.findIndex((planned) => planned.call === call)
    const fault = at === -1 ? undefined : faults.splice(at, 1)[0]?.fault
    const answer = ((): StubAnswer => {
      if (fault === 'cutBefore') return 'cut'
      if (fault === 'refused') return bad('Thiếu thông tin của Nguyễn Thử Nghiệm')
      const token = /^Bearer t-(\d+)$/.exec(request.headers.authorization ?? '')?.[1]
      const isKnown = token !== undefined && Number(token) <= tokens
      if (call !== 'GetToken' && (!isKnown || fault === 'unauthorised')) {
        return { status: 401, body: { code: 401, message: 'token' } }
      }
      const reply = serve(call, url.searchParams, request.body, fault === 'wrongHash')
      if (fault === 'cutAfter') return 'cut'
      if (fault === 'hangAfter') return 'hang'
      if (fault === 'unavailableAfter') return { status: 503, body: 'upstream reset' }
      if (fault === 'gatewayAfter') return { status: 502, body: '<html>502</html>' }
      if (fault === 'saysNothing') return { body: { code: 200, message: 'Thành công' } }
      return reply
    })()
    if (typeof answer === 'object') conversation.push(recordable(request, answer))
    return answer
  })

  return {
    ...stub,
    dossiers,
    files,
    conversation,
    doubled,
    numbersGiven: () => numbers,
    calls: (call) => counts.get(call) ?? 0,
    fail: (call, fault) => faults.push({ call, fault }),
  }
}
