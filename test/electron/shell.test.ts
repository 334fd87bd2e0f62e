import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseSlipQr } from '../../src/main/domain/slip-qr.ts'
import { eventually, resultFor, smsTo } from '../support/journeys.ts'
import { cards, phones } from '../support/people.ts'
import { demoOfficer } from '../support/province.ts'
import {
  chooseProcedure,
  givePhone,
  identify,
  putIn,
  signIn,
  takeBag,
} from '../support/screen/walks.ts'
import { type KioskInElectron, startElectron } from './start-electron.ts'

describe('the machine in Electron', () => {
  let kiosk: KioskInElectron
  beforeAll(async () => {
    kiosk = await startElectron()
  })
  afterAll(() => kiosk?.stop())

  it('shows its own scheme over the whole screen, and nothing of Node in the page', async () => {
    expect(kiosk.page.url()).toBe('motcua://kiosk/')
    const seen = await kiosk.page.evaluate(() => ({
      node: ['require', 'process', 'module', 'Buffer'].filter((name) => name in globalThis),
      shell: Object.keys((globalThis as unknown as { kioskShell: object }).kioskShell),
      origin: location.origin,
    }))
    expect(seen).toEqual({ node: [], shell: ['connect', 'beat'], origin: 'motcua://kiosk' })
    const isKiosk = await kiosk.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => window.isKiosk()),
    )
    expect(isKiosk).toEqual([true])
  })

  it('lets nobody out', async () => {
    const { page, app } = kiosk
    await page.evaluate(() => {
      window.open('https://kiosk.example/')
      const link = document.createElement('a')
      link.href = 'data:text/plain,x'
      link.download = 'x'
      document.body.append(link)
      link.click()
      link.remove()
      location.href = 'https://kiosk.example/'
    })
    const fetched = await page.evaluate(() =>
      fetch('https://kiosk.example/').then(
        () => true,
        () => false,
      ),
    )
    const camera = await page.evaluate(() =>
      navigator.mediaDevices.getUserMedia({ video: true }).then(
        () => true,
        () => false,
      ),
    )
    for (const keys of ['F12', 'Control+R', 'Control+W', 'Control+Shift+I', 'Alt+F4', 'F11']) {
      await page.keyboard.press(keys)
    }
    expect([fetched, camera, page.url()]).toEqual([false, false, 'motcua://kiosk/'])
    expect(app.windows()).toHaveLength(1)
    await kiosk.person.screen('idle')
  })

  it('takes a dossier in and hands its result out', async () => {
    const { person } = kiosk
    await identify(kiosk, cards.an)
    await person.tap('relation-self')
    await givePhone(kiosk, phones.an)
    await chooseProcedure(kiosk)
    await putIn(kiosk, await takeBag(kiosk))
    await person.screen('intakeDone')
    const intakeId = parseSlipQr((await kiosk.slipQrs()).at(-1) ?? '')?.intakeId ?? ''
    await person.tap('finish')

    const dossierCode = await resultFor(kiosk, intakeId)
    await signIn(kiosk)
    await person.type(demoOfficer.pin)
    await person.tap('start-stocking')
    await person.sees(`row-${dossierCode}`)
    await kiosk.hold(dossierCode)
    const shelf = await person.door('open')
    await kiosk.putItem(shelf, 'envelope')
    await person.door('closeDoor')
    await kiosk.closeDoor(shelf)
    await person.screen('stockScan')
    await person.tap('leave')
    await person.screen('idle')

    const { qr } = await smsTo(kiosk, phones.an, (sms) => sms.qr !== null)
    await kiosk.hold(qr ?? '')
    expect(await person.door('open')).toBe(shelf)
    expect(await kiosk.takeItem(shelf)).toBe('envelope')
    await kiosk.closeDoor(shelf)
    await person.screen('collectDone')
    await person.tap('finish')
    await eventually(async () =>
      (await kiosk.province.messages()).some(({ kind }) => kind === 'resultTaken'),
    )
    expect(kiosk.complaints).toEqual([])
  })

  it('brings core and page back when they are killed', async () => {
    process.kill(kiosk.host.corePid() ?? 0, 'SIGKILL')
    await kiosk.person.sees('moment')
    await kiosk.person.screen('idle')
    await kiosk.app.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) {
        window.webContents.forcefullyCrashRenderer()
      }
    })
    await eventually(async () =>
      kiosk.app.evaluate(async ({ BrowserWindow }) => {
        const [window] = BrowserWindow.getAllWindows()
        const look = "document.querySelector('.kiosk')?.dataset.connected"
        return (await window?.webContents.executeJavaScript(look)) === 'true'
      }),
    )
  })
})
