import { type Exchanged, recordable } from './conversation.ts'
import { type HttpStub, httpStub, type StubAnswer, type StubReply } from './http-stub.ts'

export type DvcqgService =
  | 'auth'
  | 'LayThuTuc'
  | 'TraCuuHoSo'
  | 'DongBoHoSoMC'
  | 'CapNhatTienDoHoSoMC'

/**
 * What goes wrong with one call. `cutAfter`, `hangAfter` and `pageAfter`: it has its effect, and the caller does
 * not learn of it.
 */
export type DvcqgFault =
  | 'cutBefore'
  | 'cutAfter'
  | 'hangAfter'
  /** 503 of a gateway that lost the system behind it in mid-request. */
  | 'unavailableAfter'
  | 'pageAfter'
  | 'refused'
  | 'busy'
  | 'oddSuccess'

export interface DvcqgServer extends HttpStub {
  /** By their code. */
  readonly dossiers: ReadonlyMap<string, Readonly<Record<string, unknown>>>
  /** Each row of progress once, however often it came. */
  readonly progress: readonly Readonly<Record<string, string>>[]
  readonly conversation: readonly Exchanged[]
  /** Additions of a dossier that was there already: none may ever have got that far. */
  readonly doubled: readonly string[]
  calls(service: DvcqgService): number
  /** The next call of this service goes wrong. */
  fail(service: DvcqgService, fault: DvcqgFault): void
  expireSessions(): void
  refuseLogIns(refuse: boolean): void
}

const procedures: Readonly<Record<string, unknown>> = {
  '1.000000': {
    TENTTHC: 'Thủ tục thử nghiệm',
    LINHVUCTHUCHIEN: [{ MALINHVUC: 'G00-TN01', TENLINHVUC: 'Lĩnh vực thử nghiệm' }],
    CACHTHUCTHUCHIEN: [
      {
        KENH: '1',
        THOIGIAN: [{ THOIGIANGIAIQUYET: '3', DONVITINH: 'Ngày làm việc', PHILEPHI: [] }],
      },
    ],
    THANHPHANHOSO: [],
    KETQUATHUCHIEN: [],
    CANCUPHAPLY: [],
  },
}

interface Body {
  readonly username?: string
  readonly password?: string
  readonly session?: string
  readonly madonvi?: string
  readonly service?: DvcqgService
  readonly maTTHC?: string
  readonly mahoso?: string
  readonly isUpdating?: string
  readonly data?: readonly Record<string, unknown>[]
}

/** The receiving side of the national portal, with the shapes that its senders write against. */
export async function dvcqgServer(): Promise<DvcqgServer> {
  const dossiers = new Map<string, Record<string, unknown>>()
  const progress: Record<string, string>[] = []
  const conversation: Exchanged[] = []
  const doubled: string[] = []
  const counts = new Map<DvcqgService, number>()
  const faults: { readonly service: DvcqgService; readonly fault: DvcqgFault }[] = []
  let session = 0
  let validSession = ''
  let refusesLogIns = false

  const ok = (more: object = {}): StubReply => ({
    body: { error_code: '0', message: 'Thành công', ...more },
  })
  const no = (code: string, message: string): StubReply => ({ body: { error_code: code, message } })

  const serve = (service: DvcqgService, body: Body): StubReply => {
    if (service === 'auth') {
      if (refusesLogIns || body.username !== 'tester' || body.password !== 'synthetic-password') {
        return no('1', 'Sai tài khoản hoặc mật khẩu')
      }
      session += 1
      validSession = `s-${session}`
      return { body: { session: validSession, error_code: '0', message: 'Thành công' } }
    }
    if (body.session !== validSession) return no('-1', 'Phiên làm việc không hợp lệ')
    if (body.madonvi !== '000.00.00.H99') return no('106', 'AGENCY_ID_INCORRECT')
    switch (service) {
      case 'LayThuTuc': {
        const procedure = procedures[body.maTTHC ?? '']
        return procedure ? ok({ result: [procedure] }) : no('201', 'Không tìm thấy thủ tục')
      }
      case 'TraCuuHoSo': {
        const dossier = dossiers.get(body.mahoso ?? '')
        return dossier ? ok({ result: [dossier] }) : no('201', 'Không tìm thấy hồ sơ')
      }
      case 'DongBoHoSoMC':
        return synchronise(body)
      case 'CapNhatTienDoHoSoMC':
        return progressOf(body)
    }
  }

  const synchronise = ({ isUpdating, data = [] }: Body): StubReply => {
    for (const row of data) {
      const wrong = wrongField(row)
      if (wrong) return no('302', `DATA_TYPE_INVALID ${wrong}`)
      const code = String(row.MaHoSo)
      const isThere = dossiers.has(code)
      if (isUpdating === 'False' && isThere) {
        doubled.push(code)
        return no('3', `Hồ sơ ${code} đã tồn tại`)
      }
      if (isUpdating === 'True' && !isThere) return no('201', 'Không tìm thấy hồ sơ')
      dossiers.set(code, row)
    }
    return ok()
  }

  const progressOf = ({ data = [] }: Body): StubReply => {
    if (data.length > 10) return no('500', 'Quá 10 bản ghi')
    for (const row of data as Record<string, string>[]) {
      const wrong = wrongField(row)
      if (wrong) return no('302', `DATA_TYPE_INVALID ${wrong}`)
      if (!dossiers.has(row.MaHoSo ?? '')) return no('201', 'Không tìm thấy hồ sơ')
      const text = JSON.stringify(row)
      if (!progress.some((known) => JSON.stringify(known) === text)) progress.push(row)
    }
    return ok()
  }

  const stub = await httpStub((request): StubAnswer => {
    const body = JSON.parse(request.body.toString('utf8')) as Body
    const service = request.path === '/auth' ? 'auth' : (body.service ?? 'auth')
    counts.set(service, (counts.get(service) ?? 0) + 1)
    const at = faults.findIndex((planned) => planned.service === service)
    const fault = at === -1 ? undefined : faults.splice(at, 1)[0]?.fault
    const answer = ((): StubAnswer => {
      if (fault === 'cutBefore') return 'cut'
      if (fault === 'refused') return no('500', 'DATA_INCORRECT: Hồ sơ của Nguyễn Thử Nghiệm sai')
      if (fault === 'busy') return { status: 503, headers: { 'retry-after': '120' }, body: {} }
      const reply = serve(service, body)
      if (fault === 'cutAfter') return 'cut'
      if (fault === 'hangAfter') return 'hang'
      if (fault === 'unavailableAfter') return { status: 503, body: 'upstream reset' }
      if (fault === 'pageAfter') return { body: '<html><h1>502 Bad Gateway</h1></html>' }
      if (fault === 'oddSuccess') return { body: { error_code: '0', message: 'Đang xếp hàng' } }
      return reply
    })()
    if (typeof answer === 'object') conversation.push(recordable(request, answer))
    return answer
  })

  return {
    ...stub,
    dossiers,
    progress,
    conversation,
    doubled,
    calls: (service) => counts.get(service) ?? 0,
    fail: (service, fault) => faults.push({ service, fault }),
    expireSessions: () => {
      validSession = 'expired'
    },
    refuseLogIns: (refuse) => {
      refusesLogIns = refuse
    },
  }
}

const limits: Readonly<Record<string, number>> = {
  MaTTHC: 50,
  TenLinhVuc: 150,
  TrichYeuHoSo: 1000,
  TenGiayTo: 2000,
  NguoiXuLy: 50,
  GhiChu: 500,
  SoDinhDanh: 40,
}

/** The first field that is no string, too long, or no time where there has to be one. */
function wrongField(row: Readonly<Record<string, unknown>>): string | undefined {
  for (const [name, value] of Object.entries(row)) {
    if (Array.isArray(value)) {
      const wrong = value.map(wrongField).find((found) => found !== undefined)
      if (wrong) return wrong
    } else if (typeof value !== 'string') return name
    else if ([...value].length > (limits[name] ?? 4000)) return name
    else if (/^(Ngay|ThoiDiem)/.test(name) && !/^(\d{14})?$/.test(value)) return name
  }
  return undefined
}
