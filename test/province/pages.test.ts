import { describe, expect, it } from 'vitest'
import { feedItems } from '../../src/contract/province/feed.ts'
import {
  depositMessage,
  intakeIdOf,
  seal,
  syntheticDossier,
  wireMessage,
} from '../support/kiosk-client.ts'
import { signInOfficer } from '../support/officer.ts'
import { webManager, webOfficer } from '../support/province.ts'
import { type Scene, scene } from './in-process.ts'

const pages = [
  '/',
  '/results',
  '/sms',
  '/kiosks',
  '/official',
  '/staff',
  '/access-log',
  '/password',
  `/dossiers/${intakeIdOf(1)}`,
]

async function postSignIn(here: Scene, fields: Record<string, string>, headers = {}) {
  return fetch(`${here.province.url}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers,
    body: new URLSearchParams(fields),
  })
}

describe('sign-in', () => {
  it('is needed for every page and form', async () => {
    const here = await scene()
    for (const path of pages) {
      const answer = await fetch(here.province.url + path, {
        redirect: 'manual',
        headers: { cookie: 'province_session=made-up' },
      })
      expect([path, answer.status, answer.headers.get('location')]).toEqual([path, 303, '/sign-in'])
    }
    await here.kiosk.send(await depositMessage(here.recipient, syntheticDossier(intakeIdOf(1))))
    for (const path of [
      `/dossiers/${intakeIdOf(1)}/accept`,
      `/dossiers/${intakeIdOf(1)}/result`,
      '/results',
      '/staff',
      '/sign-out',
      '/password',
    ]) {
      const answer = await fetch(here.province.url + path, {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams({ csrf: '' }),
      })
      expect([path, answer.headers.get('location')]).toEqual([path, '/sign-in'])
    }
    expect(await here.province.store.dossiers.find(intakeIdOf(1))).toMatchObject({ status: 1 })
  })

  it('sets a cookie that scripts and other sites cannot use, under a policy without scripts', async () => {
    const here = await scene()
    const answer = await postSignIn(here, { ...webOfficer })
    const cookie = answer.headers.get('set-cookie')
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Strict/)
    expect(cookie).not.toMatch(/Secure/)
    const policy = answer.headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('script')
  })

  it('marks the cookie Secure behind https', async () => {
    const here = await scene({ https: true })
    const answer = await postSignIn(here, { ...webOfficer })
    expect(answer.headers.get('set-cookie')).toMatch(/Secure/)
  })

  it('refuses wrong passwords and unknown names alike, and a form of another site', async () => {
    const here = await scene()
    const wrong = await postSignIn(here, { name: webOfficer.name, password: 'wrong' })
    const unknown = await postSignIn(here, { name: 'nobody', password: 'wrong' })
    expect([wrong.status, unknown.status]).toEqual([401, 401])
    expect(await wrong.text()).toBe(await unknown.text())
    const foreign = await postSignIn(here, { ...webOfficer }, { origin: 'http://evil.example' })
    expect(foreign.status).toBe(403)
    expect(foreign.headers.get('set-cookie')).toBeNull()
  })

  it('locks after too many tries, even for the right password, until the time is over', async () => {
    const here = await scene()
    for (let attempt = 0; attempt < 5; attempt++) {
      const answer = await postSignIn(here, { name: webOfficer.name, password: 'wrong' })
      expect(answer.status).toBe(401)
    }
    const locked = await postSignIn(here, { ...webOfficer })
    const unknown = await postSignIn(here, { name: 'nobody', password: 'wrong' })
    expect([locked.status, await locked.text()]).toEqual([401, await unknown.text()])
    expect((await postSignIn(here, { ...webManager })).status).toBe(303)
    here.waitMs(9 * 60_000)
    expect((await postSignIn(here, { ...webOfficer })).status).toBe(401)
    here.waitMs(61_000)
    expect((await postSignIn(here, { ...webOfficer })).status).toBe(303)
    const actions = (await here.province.store.accessLog.list(20)).map(({ action }) => action)
    // And once for the unknown name.
    expect(actions.filter((action) => action === 'signInFailed')).toHaveLength(6)
    // Twice in vain, within one lock.
    expect(actions.filter((action) => action === 'signInLocked')).toHaveLength(1)
  })

  it('turns an address away that tries many names, whichever it tries', async () => {
    const here = await scene({
      signIn: {
        ...{ maxTries: 5, triesPerAddress: 5, lockMinutes: 10, idleMinutes: 30, maxHours: 9 },
      },
      https: true,
    })
    const from = (address: string) => ({ 'x-forwarded-for': address })
    const guess = (name: string, headers: object) =>
      postSignIn(here, { name, password: 'wrong' }, headers)
    for (const name of ['a1', 'b1', webOfficer.name, 'c1', 'd1']) {
      expect((await guess(name, from('203.0.113.7'))).status).toBe(401)
    }
    const known = await guess(webOfficer.name, from('203.0.113.7'))
    const unknown = await guess('nobody', from('203.0.113.7'))
    expect([known.status, unknown.status]).toEqual([429, 429])
    expect(await known.text()).toBe(await unknown.text())
    // What a client writes in front of what the proxy saw is believed by nobody.
    const forged = from('198.51.100.9, 203.0.113.7')
    expect((await postSignIn(here, { ...webOfficer }, forged)).status).toBe(429)
    expect((await postSignIn(here, { ...webOfficer }, from('203.0.113.8'))).status).toBe(303)
  })

  it('believes no address that a client writes down where no proxy stands before it', async () => {
    const here = await scene({
      signIn: {
        ...{ maxTries: 5, triesPerAddress: 5, lockMinutes: 10, idleMinutes: 30, maxHours: 9 },
      },
    })
    const statuses: number[] = []
    for (let index = 0; index < 6; index += 1) {
      const headers = { 'x-forwarded-for': `203.0.113.${index}` }
      statuses.push((await postSignIn(here, { name: 'x1', password: 'y' }, headers)).status)
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429])
  })

  it('everybody changes their own password, and every session of theirs ends', async () => {
    const here = await scene()
    const [first, second] = [await here.officer(), await here.officer()]
    const next = 'một câu dài hơn'
    const change = (fields: Record<string, string>) => first.post('/password', fields)
    const right = { current: webOfficer.password, next, again: next }
    expect((await change({ ...right, current: 'wrong' })).status).toBe(200)
    expect((await change({ ...right, again: 'another' })).status).toBe(200)
    expect((await change({ ...right, next: 'short', again: 'short' })).status).toBe(200)
    expect((await postSignIn(here, { ...webOfficer })).status).toBe(303)
    expect((await change(right)).status).toBe(303)
    for (const officer of [first, second]) await expect(officer.page('/')).rejects.toThrow('303')
    expect((await postSignIn(here, { ...webOfficer })).status).toBe(401)
    expect((await postSignIn(here, { name: webOfficer.name, password: next })).status).toBe(303)
    // Nobody else's.
    expect((await postSignIn(here, { ...webManager })).status).toBe(303)
    const log = await here.province.store.accessLog.list(50)
    const changed = log.filter(({ action }) => action === 'passwordChanged')
    expect(changed).toMatchObject([{ user: webOfficer.name }])
  })

  it('a session left open is no way to guess its password', async () => {
    const here = await scene()
    const officer = await here.officer()
    const next = 'một câu dài hơn'
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await officer.post('/password', { current: 'wrong', next, again: next })
    }
    const fields = { current: webOfficer.password, next, again: next }
    expect((await officer.post('/password', fields)).status).toBe(200)
    expect((await postSignIn(here, { name: webOfficer.name, password: next })).status).toBe(401)
  })

  it('ends by signing out and by idling', async () => {
    const here = await scene()
    const officer = await here.officer()
    await officer.post('/sign-out')
    await expect(officer.page('/')).rejects.toThrow('303')
    const another = await here.officer()
    here.waitMs(31 * 60_000)
    await expect(another.page('/')).rejects.toThrow('303')
  })

  it('does nothing for a form without the token of its session', async () => {
    const here = await scene()
    await here.kiosk.send(await depositMessage(here.recipient, syntheticDossier(intakeIdOf(1))))
    const { cookie } = await here.officer()
    const other = await here.officer()
    const otherToken = /name="csrf" value="([^"]+)"/.exec(await other.page('/'))?.[1] ?? ''
    for (const csrf of ['', otherToken]) {
      const answer = await fetch(`${here.province.url}/dossiers/${intakeIdOf(1)}/accept`, {
        method: 'POST',
        redirect: 'manual',
        headers: { cookie },
        body: new URLSearchParams({ csrf }),
      })
      expect(answer.status).toBe(403)
    }
    expect(await here.province.store.dossiers.find(intakeIdOf(1))).toMatchObject({ status: 1 })
  })
})

describe('pages', () => {
  it('show personal data on the detail page only, and write down who saw it', async () => {
    const here = await scene()
    const intakeId = intakeIdOf(1)
    await here.kiosk.send(await depositMessage(here.recipient, syntheticDossier(intakeId)))
    const manager = await here.manager()
    for (const path of pages.slice(0, -1)) {
      const text = await manager.page(path)
      expect(text).not.toContain('Nguyễn Thử Nghiệm')
      expect(text).not.toContain('0900000001')
    }
    const views = async () =>
      (await here.province.store.accessLog.list(50)).filter(
        ({ action }) => action === 'viewDossier',
      )
    expect(await views()).toEqual([])
    const officer = await here.officer()
    const detail = await officer.page(`/dossiers/${intakeId}`)
    for (const shown of [
      'Nguyễn Thử Nghiệm',
      '000000000000',
      '0900000001',
      'Tờ khai',
      'Tiếp nhận',
    ]) {
      expect(detail).toContain(shown)
    }
    expect(await views()).toEqual([
      {
        at: '2026-02-09T03:00:00.000Z',
        user: webOfficer.name,
        action: 'viewDossier',
        subject: intakeId,
      },
    ])
    expect(await manager.page('/access-log')).toContain('Xem hồ sơ')
    await expect(officer.page('/access-log')).rejects.toThrow('403')
  })

  it('are each written down when they are opened, and so is who was refused one', async () => {
    const here = await scene()
    const intakeId = intakeIdOf(1)
    await here.kiosk.send(await depositMessage(here.recipient, syntheticDossier(intakeId)))
    const log = here.province.store.accessLog
    const manager = await here.manager()
    const opened: Readonly<Record<string, [string, string]>> = {
      '/': ['viewDossiers', ''],
      '/?page=2': ['viewDossiers', ''],
      [`/dossiers/${intakeId}`]: ['viewDossier', intakeId],
      [`/dossiers/${intakeId}/pages.pdf`]: ['viewPages', intakeId],
      '/dossiers/Nguyen%20Van%20A': ['viewDossier', '?'],
      '/dossiers/Nguyen%20Van%20A/pages.pdf': ['viewPages', '?'],
      '/results': ['viewResults', ''],
      '/sms': ['viewSms', ''],
      '/kiosks': ['viewKiosks', ''],
      '/official': ['viewOfficial', ''],
      '/staff': ['viewStaff', ''],
      '/access-log': ['viewAccessLog', ''],
    }
    for (const [path, [action, subject]] of Object.entries(opened)) {
      const before = (await log.list(1000)).length
      await manager.page(path)
      const entries = await log.list(1000)
      expect(entries.length - before, path).toBe(1)
      expect(entries[0], path).toMatchObject({ user: webManager.name, action, subject })
    }
    const officer = await here.officer()
    await expect(officer.page('/staff')).rejects.toThrow('403')
    expect((await log.list(1))[0]).toMatchObject({
      user: webOfficer.name,
      action: 'refused',
      subject: '/staff',
    })
  })

  it('are for the role that needs them: operators see machines and no dossier', async () => {
    const here = await scene()
    await here.kiosk.send(await depositMessage(here.recipient, syntheticDossier(intakeIdOf(1))))
    const mayOpen = async (person: { page(path: string): Promise<string> }) => {
      const open: string[] = []
      for (const path of [...pages, `/dossiers/${intakeIdOf(1)}/pages.pdf`]) {
        await person.page(path).then(
          () => open.push(path),
          () => undefined,
        )
      }
      return open
    }
    const ofDossier = [`/dossiers/${intakeIdOf(1)}`, `/dossiers/${intakeIdOf(1)}/pages.pdf`]
    const operator = await here.operator()
    expect(await mayOpen(operator)).toEqual(['/kiosks', '/official', '/password'])
    expect(await mayOpen(await here.officer())).toEqual([
      ...['/', '/results', '/sms', '/kiosks', '/official', '/password'],
      ...ofDossier,
    ])
    expect(await mayOpen(await here.manager())).toHaveLength(pages.length + 1)
    for (const path of [`/dossiers/${intakeIdOf(1)}/accept`, '/results', '/staff']) {
      expect((await operator.post(path)).status, path).toBe(403)
    }
    expect(await here.province.store.dossiers.find(intakeIdOf(1))).toMatchObject({ status: 1 })
  })

  it('say so when the content is not what the slip vouches for, or cannot be opened', async () => {
    const here = await scene()
    const officer = await here.officer()
    const dossier = syntheticDossier(intakeIdOf(1))
    const message = await depositMessage(here.recipient, dossier)
    const hash = /"contentHash":"[0-9a-f]{64}"/
    await here.kiosk.send({
      ...message,
      text: message.text.replace(hash, `"contentHash":"${'0'.repeat(64)}"`),
    })
    expect(await officer.page(`/dossiers/${intakeIdOf(1)}`)).toContain('không khớp')
    const other = await depositMessage(here.recipient, syntheticDossier(intakeIdOf(2)))
    await here.kiosk.send({
      ...other,
      text: other.text.replace(/"sealed":"[^"]+"/, '"sealed":"AAAA"'),
    })
    expect(await officer.page(`/dossiers/${intakeIdOf(2)}`)).toContain('Không mở được')
  })

  it('warn of a bag that carries two dossiers', async () => {
    const here = await scene()
    for (const number of [1, 2]) {
      const dossier = syntheticDossier(intakeIdOf(number), { bagCode: 'BAG-TWICE' })
      await here.kiosk.send(await depositMessage(here.recipient, dossier))
    }
    expect(await (await here.officer()).page('/')).toContain('Mã túi dùng 2 lần')
  })

  it('never show an officer a code or a whole phone number', async () => {
    const here = await scene()
    const sealed = await seal(here.recipient, {
      version: 1,
      phone: '0900000004',
      code: '135791',
      language: 'vi',
    })
    await here.kiosk.request('POST', 'phone-codes', { body: JSON.stringify({ sealed }) })
    const text = await (await here.officer()).page('/sms')
    expect(text).toContain('•••••••004')
    expect(text).not.toContain('135791')
    expect(text).not.toContain('0900000004')
  })

  it('escape whatever a kiosk, a citizen or a colleague wrote', async () => {
    const evil = (field: string) =>
      `${field}"'><img src=x onerror=alert(1)><script>alert(1)</script>`
    const here = await scene()
    const intakeId = intakeIdOf(1)
    const person = {
      ...syntheticDossier(intakeId).applicant,
      name: evil('name'),
      address: evil('address'),
      idNumber: `<img src=x>`,
      birthDate: '<b>1',
      sex: '<b>2',
    }
    const dossier = syntheticDossier(intakeId, {
      bagCode: evil('bag'),
      procedureCode: '<img src=x>1',
      procedureName: evil('procedure'),
      applicant: person,
      owner: { ...person, name: evil('owner') },
      relation: 'someoneElse',
      phone: '<b>"\'>',
      papers: [{ id: 'p', name: evil('paper'), kind: 'original', count: 1 }],
    })
    const manager = await here.manager()
    await here.kiosk.registerEpoch(2)
    const deposit = await depositMessage(here.recipient, dossier)
    expect((await here.kiosk.send(deposit)).status).toBe(200)
    await here.kiosk.send(
      wireMessage('fault', {
        device: evil('device'),
        reason: evil('reason'),
        state: evil('state'),
        at: '2026-02-09T02:00:00.000Z',
      }),
    )
    await here.kiosk.send(
      wireMessage(
        'notification',
        {
          template: 'slipNotPrinted',
          sealed: await seal(here.recipient, { version: 1, phone: '<b>"\'>', text: evil('sms') }),
        },
        { lane: '<img src=x>lane' },
      ),
    )
    await here.kiosk.send(
      wireMessage(
        'notification',
        { template: 'slipNotPrinted', sealed: 'AAAA' },
        { lane: '<img src=x>lane' },
      ),
    )
    await here.province.noticesSettled()
    await manager.post('/staff', {
      staffId: 'canbo-09',
      displayName: evil('staff').slice(0, 80),
      role: 'officer',
      badge: 'BADGE-09',
      pin: '112233',
      validDays: '7',
    })
    await manager.sendTypedResult({
      dossierCode: '<img src=x onerror=alert(1)>',
      procedureCode: '"><script>alert(1)</script>',
      phone: '0900000005',
    })
    await manager.accept(intakeId)
    await manager.sendResult(intakeId)
    expect(feedItems.results.safeParse((await here.kiosk.feed('results'))[1]?.item).success).toBe(
      true,
    )

    const texts = new Map<string, string>()
    for (const path of [...pages, '/?outcome=%3Cscript%3E', '/?outcome=constructor']) {
      const text = await manager.page(path)
      texts.set(path, text)
      expect(text, path).not.toMatch(/<img|<script|<b>|onerror=alert\(1\)"/)
      expect(text, path).not.toMatch(/<[a-z]+ [^>]*onerror/)
    }
    const shown = (path: string, start: string) =>
      expect(texts.get(path), start).toContain(`${start}&quot;&#39;&gt;&lt;img`)
    shown('/', 'bag')
    for (const field of ['name', 'owner', 'address', 'procedure', 'paper', 'bag']) {
      shown(`/dossiers/${intakeId}`, field)
    }
    for (const field of ['device', 'reason', 'state']) shown('/kiosks', field)
    shown('/staff', 'staff')
    shown('/sms', 'sms')
    expect(texts.get('/sms')).toContain('&lt;img src=x&gt;lane')
    expect(texts.get('/results')).toContain('&lt;img src=x onerror=alert(1)&gt;')
  })

  it('answer odd requests without a stack trace', async () => {
    const here = await scene()
    const officer = await here.officer()
    expect(await officer.page('/?page=-5')).toContain('Chưa có hồ sơ')
    expect(await officer.page('/dossiers/%3Cscript%3E')).toContain('Không có hồ sơ này')
    await expect(officer.page('/dossiers/%00')).rejects.toThrow('400')
    const large = await postSignIn(here, { name: 'x'.repeat(70_000), password: 'x' })
    expect(large.status).toBe(413)
    expect(await large.text()).not.toMatch(/Error:|\bat /)
    const json = await fetch(`${here.province.url}/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"name":{"$ne":1}}',
    })
    expect(json.status).toBe(401)
    await expect(
      signInOfficer(here.province.url, { name: '__proto__', password: 'x' }),
    ).rejects.toThrow('401')
  })
})
