import { chromium } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { depositMessage, intakeIdOf, syntheticDossier } from '../support/kiosk-client.ts'
import { webOfficer } from '../support/province.ts'
import { scene } from './in-process.ts'

it('an officer signs in, accepts a dossier and sends its result, in a real browser', async () => {
  const here = await scene()
  const intakeId = intakeIdOf(1)
  await here.kiosk.send(await depositMessage(here.recipient, syntheticDossier(intakeId)))
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox'],
  })
  onTestFinished(() => browser.close())
  const page = await browser.newPage()
  const violations: string[] = []
  page.on('console', (message) => violations.push(message.text()))

  await page.goto(here.province.url)
  await page.getByLabel('Tên đăng nhập').fill(webOfficer.name)
  await page.getByLabel('Mật khẩu').fill(webOfficer.password)
  await page.getByRole('button', { name: 'Đăng nhập' }).click()
  await page.getByRole('link', { name: intakeId }).click()
  await page.getByRole('button', { name: 'Tiếp nhận', exact: true }).click()
  await page.getByText('H99.01-260209-0001').waitFor()
  await page.getByRole('button', { name: 'Chuyển kết quả ra máy' }).click()
  await page.getByText('Đã chuyển kết quả ra máy.').waitFor()
  expect(await here.kiosk.feed('results')).toMatchObject([{ item: { intakeId, keepDays: 10 } }])
  await page.getByRole('button', { name: 'Đăng xuất' }).click()
  await page.getByRole('button', { name: 'Đăng nhập' }).waitFor()
  // The policy lets our own style through and has nothing to complain about.
  expect(violations).toEqual([])
})
