import { describe, expect, it } from 'vitest'
import { replay } from '../../support/official/conversation.ts'
import {
  type IgateCall,
  type IgateFault,
  igateServer,
} from '../../support/official/igate-server.ts'
import { demoKiosk } from '../../support/province.ts'
import { sealedPage, sendPage } from '../../support/sealed-page.ts'
import { type OfficialScene, officialScene, type WrittenAdapter } from './scene.ts'

const adapter = (url: string, changes: object = {}): WrittenAdapter => ({
  kind: 'igate',
  id: 'igate',
  name: 'iGate thử nghiệm',
  url,
  acceptedFrom: '2026-01-01T00:00:00Z',
  deadlineSeconds: 1,
  clientId: 'tester',
  password: 'synthetic-secret',
  paths: { lookUp: '/search' },
  procedureTimes: { '1.000000': { amount: 3, unit: 'days' } },
  ...changes,
})

async function withServer(changes: object = {}) {
  const server = await igateServer()
  return { server, here: await officialScene(adapter(server.url, changes)) }
}

/** A dossier with one scanned page, accepted; the page comes with it or not. */
async function scanned(here: OfficialScene, { isSent = true } = {}) {
  const page = await sealedPage(here.recipient, 200)
  const { contentHash, captureHash } = page
  const intakeId = await here.accepted(1, { pages: [{ contentHash, captureHash }] })
  const send = () => sendPage(here.province.url, demoKiosk, page)
  if (isSent) await send()
  return { intakeId, page, send }
}

const first = 'H99.01-20260209-0000001'

describe('a dossier on its way to an iGate', () => {
  it('gets its number there, and brings its papers, its scan, its owner and its progress', async () => {
    const { server, here } = await withServer()
    const { intakeId, page } = await scanned(here)
    await here.settled()
    const dossier = server.dossiers.get(first)
    expect(dossier?.body).toMatchObject({
      MaHoSo: first,
      MaTTHC: '1.000000',
      MaDichVuCong: '1.000000',
      ChuHoSo: 'Nguyễn Thử Nghiệm',
      LoaiDoiTuong: 0,
      MaDonViTiepNhan: 'H99.01',
      NgayNop: '2026-02-09 09:00:00',
      NgayTiepNhan: '2026-02-09 10:00:00',
      ThongTinNguoiNop: {
        LoaiDoiTuong: 0,
        ThongTinChiTiet: { SoDinhDanh: '000000000000', NgaySinh: '19900101000000' },
      },
    })
    const papers = dossier?.body.ThanhPhanHoSo as { LoaiBan: number; GiayToDinhKem: object[] }[]
    expect(papers.map(({ LoaiBan }) => LoaiBan)).toEqual([0, 1])
    expect(papers[1]?.GiayToDinhKem).toMatchObject([{ IdGiayTo: 'file-1' }])
    // Byte for byte what left the scanner lies in the file.
    expect(server.files.get('file-1')?.includes(page.jpeg)).toBe(true)
    expect(dossier?.progress).toMatchObject([
      { TrangThai: 2, NgayKetThucTheoQuyDinh: '2026-02-12T10:00:00' },
    ])
    expect(dossier?.statuses).toEqual([2])
    expect(await here.delivery('igate', intakeId)).toMatchObject({
      state: 'delivered',
      officialCode: first,
    })
    const officer = await here.officer()
    expect(await officer.page(`/dossiers/${intakeId}`)).toContain(first)
  })

  it.each(['000.00.53.H48', 'G09.20', 'MÃ RIÊNG/2026'])(
    'takes numbers of whatever form: %s',
    async (patternCode) => {
      const { server, here } = await withServer({ patternCode })
      const intakeId = await here.accepted()
      await here.settled()
      const number = `${patternCode}-20260209-0000001`
      expect([...server.dossiers.keys()]).toEqual([number])
      expect(await here.delivery('igate', intakeId)).toMatchObject({ officialCode: number })
    },
  )

  it('waits for scanned pages that are still on their way', async () => {
    const { server, here } = await withServer()
    const { intakeId, send } = await scanned(here, { isSent: false })
    await here.settled()
    expect(server.dossiers.size).toBe(0)
    expect(await here.delivery('igate', intakeId)).toMatchObject({ problem: 'PAGES_INCOMPLETE' })
    await send()
    await here.later()
    expect(server.files.size).toBe(1)
    expect(server.dossiers.size).toBe(1)
    expect(server.numbersGiven()).toBe(1)
  })

  it('tells the statuses in order', async () => {
    const { server, here } = await withServer({ statusMap: { '9': '19' } })
    const intakeId = await here.accepted()
    await here.settled()
    await (await here.officer()).sendResult(intakeId)
    await here.settled()
    expect(server.dossiers.get(first)?.statuses).toEqual([2, 19])
    expect(server.dossiers.get(first)?.progress).toHaveLength(2)
    expect(server.calls('NoiHoSo')).toBe(1)
  })

  it('gets a new token before the old one ends, and when it is told to', async () => {
    const { server, here } = await withServer()
    await here.accepted(1)
    await here.settled()
    expect(server.calls('GetToken')).toBe(1)
    here.waitMs(241_000)
    await here.accepted(2)
    await here.settled()
    expect(server.calls('GetToken')).toBe(2)
    server.fail('NoiHoSo', 'unauthorised')
    await here.accepted(3)
    await here.settled()
    expect(server.calls('GetToken')).toBe(3)
    expect(server.dossiers.size).toBe(3)
    expect(server.doubled).toEqual([])
  })
})

describe('whatever goes wrong on the way', () => {
  it.each<[IgateCall, IgateFault]>([
    ['GetToken', 'cutAfter'],
    ['GetNextValue', 'cutAfter'],
    ['GetNextValue', 'gatewayAfter'],
    ['UploadFile', 'cutAfter'],
    ['UploadFile', 'wrongHash'],
    ['NoiHoSo', 'cutBefore'],
    ['NoiHoSo', 'cutAfter'],
    ['NoiHoSo', 'hangAfter'],
    ['NoiHoSo', 'gatewayAfter'],
    ['NoiHoSo', 'unavailableAfter'],
    ['NoiHoSo', 'saysNothing'],
    ['CapNhatTienTrinh', 'cutAfter'],
    ['CapNhatTrangThai', 'gatewayAfter'],
  ])('%s %s: there is one dossier, with each step once', async (call, fault) => {
    const { server, here } = await withServer()
    server.fail(call, fault)
    const { intakeId } = await scanned(here)
    await here.settled()
    await here.later()
    expect(server.dossiers.size).toBe(1)
    expect(server.doubled).toEqual([])
    const [dossier] = server.dossiers.values()
    expect(dossier?.progress).toHaveLength(1)
    expect(dossier?.statuses).toEqual([2])
    expect(await here.delivery('igate', intakeId)).toMatchObject({
      state: 'delivered',
      officialCode: [...server.dossiers.keys()][0],
    })
  })

  it('asks for no second number after a crash', async () => {
    const { server, here } = await withServer()
    const { official } = here.province.store
    const intakeId = await here.accepted()
    const at = here.now().toISOString()
    await official.enlist('igate', '2026-01-01T00:00:00.000Z', at)
    const claimed = await official.claim('igate', at, 'of the killed process', at)
    if (!claimed) throw new Error('nothing was due')
    const memory = JSON.stringify({ number: first, isThere: false, isOpen: true })
    await official.note(claimed, { memory, officialCode: first }, at, at)
    await here.later()
    expect(server.numbersGiven()).toBe(0)
    expect(server.calls('search')).toBe(1)
    expect([...server.dossiers.keys()]).toEqual([first])
    expect(await here.delivery('igate', intakeId)).toMatchObject({ state: 'delivered' })
  })

  it.each([
    ['isThere', 1],
    ['isNotThere', 2],
  ] as const)('without a look-up a person says %s', async (how, created) => {
    const { server, here } = await withServer({ paths: {} })
    server.fail('NoiHoSo', how === 'isThere' ? 'cutAfter' : 'cutBefore')
    const intakeId = await here.accepted()
    await here.settled()
    await here.later()
    expect(await here.delivery('igate', intakeId)).toMatchObject({
      state: 'parked',
      problem: 'CANNOT_LOOK',
    })
    const officer = await here.officer()
    await officer.post(`/official/igate/${intakeId}`, { how })
    await here.settled()
    expect(server.calls('NoiHoSo')).toBe(created)
    expect(server.dossiers.size).toBe(1)
    expect(server.doubled).toEqual([])
    expect(await here.delivery('igate', intakeId)).toMatchObject({ state: 'delivered' })
  })

  it('parks what is refused and keeps its number for the next try', async () => {
    const { server, here } = await withServer()
    server.fail('NoiHoSo', 'refused')
    const intakeId = await here.accepted()
    await here.settled()
    expect(await here.delivery('igate', intakeId)).toMatchObject({ problem: 'REFUSED' })
    const officer = await here.officer()
    await officer.post(`/official/igate/${intakeId}`, { how: 'again' })
    await here.settled()
    expect(server.numbersGiven()).toBe(1)
    expect([...server.dossiers.keys()]).toEqual([first])
    expect(here.logged.join('\n')).not.toMatch(/Nguyễn|000000000000|0900000001/)
  })
})

it('says word for word what was recorded', async () => {
  const recorded = await replay('igate-accept-and-result.json')
  const here = await officialScene(adapter(recorded.url))
  const intakeId = await here.accepted()
  await here.settled()
  await (await here.officer()).sendResult(intakeId)
  await here.settled()
  expect(recorded.played()).toBe(recorded.length)
  expect(await here.delivery('igate', intakeId)).toMatchObject({ state: 'delivered' })
})
