import { describe, expect, it } from 'vitest'
import { wireMessage } from '../../support/kiosk-client.ts'
import { replay } from '../../support/official/conversation.ts'
import {
  type DvcqgFault,
  type DvcqgService,
  dvcqgServer,
} from '../../support/official/dvcqg-server.ts'
import { officialScene, type WrittenAdapter } from './scene.ts'

const adapter = (url: string, changes: object = {}): WrittenAdapter => ({
  kind: 'dvcqg',
  id: 'dvcqg',
  name: 'Cổng thử nghiệm',
  url,
  acceptedFrom: '2026-01-01T00:00:00Z',
  deadlineSeconds: 1,
  authPath: '/auth',
  servicePath: '/service',
  username: 'tester',
  password: 'synthetic-password',
  unitId: '000.00.00.H99',
  destination: 'VN:TEST',
  ...changes,
})

async function withServer(changes: object = {}) {
  const server = await dvcqgServer()
  return { server, here: await officialScene(adapter(server.url, changes)) }
}

const code = 'H99.01-260209-0001'

describe('a dossier on its way to the national portal', () => {
  it('goes only after an officer has accepted it, and then with its due date', async () => {
    const { server, here } = await withServer()
    const intakeId = await here.deposited()
    await here.settled()
    expect(server.conversation).toEqual([])

    const officer = await here.officer()
    await officer.accept(intakeId)
    await here.settled()
    expect(server.dossiers.get(code)).toMatchObject({
      MaHoSo: code,
      MaTTHC: '1.000000',
      TenLinhVuc: 'Lĩnh vực thử nghiệm',
      SoBienNhan: intakeId,
      ChuHoSo: 'Nguyễn Thử Nghiệm',
      LoaiDoiTuong: '1',
      // Monday 10:00, three days of work.
      NgayTiepNhan: '20260209100000',
      NgayHenTra: '20260212100000',
      TrangThaiHoSo: '2',
      DinhDanhCHS: [{ LoaiDinhDanh: '1', SoDinhDanh: '000000000000' }],
      DanhSachTepDinhKemKhac: [{ TenGiayTo: 'Tờ khai', SoLuong: '1', LoaiGiayTo: 'Bản chính' }],
    })
    expect(server.progress).toMatchObject([
      { MaHoSo: code, TrangThai: '2', NoiDungXuLy: 'Tiếp nhận hồ sơ', NguoiXuLy: 'canbo' },
    ])
    expect(await here.delivery('dvcqg', intakeId)).toMatchObject({ state: 'delivered' })
  })

  it('is never brought there when it was refused or withdrawn before that', async () => {
    const { server, here } = await withServer()
    const officer = await here.officer()
    await officer.end(await here.deposited(1), 'refused')
    await officer.end(await here.deposited(2), 'withdrawn')
    await here.settled()
    expect(server.conversation).toEqual([])
    expect(await here.province.store.official.unfinished(10)).toEqual([])
  })

  it('stays out when it was accepted before the system was there', async () => {
    const { server, here } = await withServer({ acceptedFrom: '2026-02-10T00:00:00Z' })
    await here.accepted(1)
    await here.settled()
    expect(server.dossiers.size).toBe(0)
    here.setTime('2026-02-10T02:00:00.000Z')
    await here.accepted(2)
    await here.settled()
    expect([...server.dossiers.keys()]).toEqual(['H99.01-260210-0001'])
  })

  it('follows its result to the end', async () => {
    const { server, here } = await withServer({ statusMap: { '10': '12' } })
    const intakeId = await here.accepted()
    await here.settled()
    here.setTime('2026-02-10T02:00:00.000Z')
    const officer = await here.officer()
    await officer.sendResult(intakeId)
    await here.settled()
    expect(server.dossiers.get(code)).toMatchObject({
      TrangThaiHoSo: '9',
      NgayKetThucXuLy: '20260210090000',
      NgayTra: '',
    })
    here.setTime('2026-02-11T02:00:00.000Z')
    const [result] = await here.province.store.results.ofDossier(code)
    await here.kiosk.send(
      wireMessage('resultTaken', {
        resultId: result?.resultId ?? '',
        dossierCode: code,
        rightId: 'right-1',
        takenAt: '2026-02-11T01:59:00.000Z',
      }),
    )
    await here.settled()
    expect(server.dossiers.get(code)).toMatchObject({
      TrangThaiHoSo: '12',
      NgayTra: '20260211090000',
    })
    expect(server.progress.map(({ TrangThai }) => TrangThai)).toEqual(['2', '9', '12'])
    expect(server.doubled).toEqual([])
  })
})

describe('whatever goes wrong on the way', () => {
  it.each<[DvcqgService, DvcqgFault]>([
    ['auth', 'cutAfter'],
    ['auth', 'busy'],
    ['LayThuTuc', 'cutBefore'],
    ['DongBoHoSoMC', 'cutBefore'],
    ['DongBoHoSoMC', 'cutAfter'],
    ['DongBoHoSoMC', 'hangAfter'],
    ['DongBoHoSoMC', 'pageAfter'],
    ['DongBoHoSoMC', 'unavailableAfter'],
    ['DongBoHoSoMC', 'busy'],
    ['DongBoHoSoMC', 'oddSuccess'],
    ['CapNhatTienDoHoSoMC', 'cutAfter'],
    ['CapNhatTienDoHoSoMC', 'pageAfter'],
  ])('%s %s: it is there once, with each step once', async (service, fault) => {
    const { server, here } = await withServer()
    server.fail(service, fault)
    const intakeId = await here.accepted()
    await here.settled()
    await here.later()
    expect([...server.dossiers.keys()]).toEqual([code])
    expect(server.progress).toHaveLength(1)
    // It looked before it sent again.
    expect(server.doubled).toEqual([])
    expect(await here.delivery('dvcqg', intakeId)).toMatchObject({
      state: 'delivered',
      problem: null,
    })
  })

  it('looks and brings it up to date when the look-up itself fails first', async () => {
    const { server, here } = await withServer()
    server.fail('DongBoHoSoMC', 'cutAfter')
    server.fail('TraCuuHoSo', 'cutBefore')
    await here.accepted()
    await here.settled()
    await here.later()
    await here.later()
    expect(server.dossiers.size).toBe(1)
    expect(server.doubled).toEqual([])
    expect(server.progress).toHaveLength(1)
  })

  it('updates what somebody else has put there already', async () => {
    const { server, here } = await withServer()
    ;(server.dossiers as Map<string, object>).set(code, { MaHoSo: code, ChuHoSo: 'trước đó' })
    await here.accepted()
    await here.settled()
    expect(server.dossiers.get(code)).toMatchObject({ ChuHoSo: 'Nguyễn Thử Nghiệm' })
  })

  it('logs in again when the session has expired', async () => {
    const { server, here } = await withServer()
    await here.accepted(1)
    await here.settled()
    server.expireSessions()
    await here.accepted(2)
    await here.settled()
    expect(server.calls('auth')).toBe(2)
    expect(server.dossiers.size).toBe(2)
  })

  it('waits with everything while the account is refused, and goes on by itself', async () => {
    const { server, here } = await withServer()
    server.refuseLogIns(true)
    await here.accepted(1)
    await here.accepted(2)
    await here.settled()
    // One try for all of them: an account is soon locked.
    const tries = server.calls('auth')
    await here.settled()
    expect(server.calls('auth')).toBe(tries)
    const [system] = await here.province.store.official.systems()
    expect(system).toMatchObject({ problem: 'LOG_IN_REFUSED', counts: { pending: 2 } })
    server.refuseLogIns(false)
    await here.later()
    expect(server.dossiers.size).toBe(2)
  })

  it('parks what the system refuses, says so on the page, and lets the others pass', async () => {
    const { server, here } = await withServer()
    // Under a new session, too: a refusal is meant only then.
    server.fail('DongBoHoSoMC', 'refused')
    server.fail('DongBoHoSoMC', 'refused')
    const first = await here.accepted(1)
    await here.settled()
    server.fail('DongBoHoSoMC', 'refused')
    const second = await here.accepted(2)
    await here.settled()
    const states = [first, second].map(async (id) => (await here.delivery('dvcqg', id)).state)
    expect(await Promise.all(states)).toEqual(['parked', 'delivered'])

    const officer = await here.officer()
    const page = await officer.page('/official')
    expect(page).toContain('Hệ thống từ chối hồ sơ này')
    expect(page).toContain('DATA_INCORRECT: Hồ sơ của Nguyễn Thử Nghiệm sai')
    const operator = await here.operator()
    const masked = await operator.page('/official')
    expect(masked).toContain(code)
    expect(masked).not.toContain('Nguyễn')
    expect((await operator.post(`/official/dvcqg/${first}`, { how: 'again' })).status).toBe(403)

    expect(await officer.post(`/official/dvcqg/${first}`, { how: 'again' })).toMatchObject({
      outcome: 'released',
    })
    await here.settled()
    expect(await here.delivery('dvcqg', first)).toMatchObject({ state: 'delivered' })
    expect(await officer.post(`/official/dvcqg/${first}`, { how: 'again' })).toMatchObject({
      outcome: 'notParked',
    })
    // Nothing personal is in the log.
    const everything = here.logged.join('\n')
    expect(everything).toContain('parked: REFUSED')
    expect(everything).not.toMatch(/Nguyễn|000000000000|0900000001/)
  })

  it('shortens prose and parks what may not be shortened', async () => {
    const { server, here } = await withServer()
    const long = { procedureName: 'Thủ tục '.repeat(300), procedureCode: '1.999999' }
    const fits = await here.accepted(1, long)
    const tooLong = await here.accepted(2, { procedureCode: `1.${'9'.repeat(60)}` })
    await here.settled()
    expect(await here.delivery('dvcqg', fits)).toMatchObject({ state: 'delivered' })
    expect(await here.delivery('dvcqg', tooLong)).toMatchObject({
      state: 'parked',
      problem: 'FIELD_TOO_LONG',
    })
    expect(server.dossiers.size).toBe(1)
  })

  it('tries a system that hangs with a few dossiers only', async () => {
    const { server, here } = await withServer()
    await server.stop()
    for (let number = 1; number <= 5; number += 1) await here.accepted(number)
    await here.settled()
    const [system] = await here.province.store.official.systems()
    expect(system).toMatchObject({ problem: 'UNREACHABLE', failures: 1, counts: { pending: 5 } })
  })
})

it('says word for word what was recorded', async () => {
  const recorded = await replay('dvcqg-accept-and-result.json')
  const here = await officialScene(adapter(recorded.url))
  const intakeId = await here.accepted()
  await here.settled()
  here.setTime('2026-02-10T02:00:00.000Z')
  const officer = await here.officer()
  await officer.sendResult(intakeId)
  await here.settled()
  expect(recorded.played()).toBe(recorded.length)
  expect(await here.delivery('dvcqg', intakeId)).toMatchObject({ state: 'delivered' })
})

it('looks before it sends again what a crash left half sent', async () => {
  const { server, here } = await withServer()
  const { official } = here.province.store
  const intakeId = await here.accepted()
  // As the worker would have, up to the moment at which its process was killed: sent, and never answered.
  const at = here.now().toISOString()
  await official.enlist('dvcqg', '2026-01-01T00:00:00.000Z', at)
  const claimed = await official.claim('dvcqg', at, 'of the killed process', at)
  if (!claimed) throw new Error('nothing was due')
  await official.note(claimed, { memory: '{"isThere":false,"isOpen":true}' }, at, at)
  ;(server.dossiers as Map<string, object>).set(code, { MaHoSo: code, TrangThaiHoSo: '77' })
  await here.later()
  expect(server.calls('TraCuuHoSo')).toBe(1)
  expect(server.doubled).toEqual([])
  expect(server.dossiers.size).toBe(1)
  expect(await here.delivery('dvcqg', intakeId)).toMatchObject({ state: 'delivered' })
  // A status that nobody has mapped is told to the administrator and stops nothing.
  expect(here.logged.join('\n')).toContain('unknown status 77')
})

it('leaves it to a person when it cannot look', async () => {
  const { server, here } = await withServer()
  server.fail('DongBoHoSoMC', 'cutAfter')
  server.fail('TraCuuHoSo', 'refused')
  server.fail('TraCuuHoSo', 'refused')
  const intakeId = await here.accepted()
  await here.settled()
  await here.later()
  expect(await here.delivery('dvcqg', intakeId)).toMatchObject({ problem: 'CANNOT_LOOK' })
  const officer = await here.officer()
  expect(await officer.page('/official')).toContain('Đã có')
  await officer.post(`/official/dvcqg/${intakeId}`, { how: 'isThere' })
  await here.settled()
  expect(server.doubled).toEqual([])
  expect(await here.delivery('dvcqg', intakeId)).toMatchObject({ state: 'delivered' })
})
