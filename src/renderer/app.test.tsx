import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { exampleScreens } from '../contract/examples/example-screens.ts'
import { exampleSnapshot } from '../contract/examples/example-snapshot.ts'
import type { Snapshot } from '../contract/snapshot.ts'
import { App } from './app.tsx'

function draw(snapshot: Snapshot | undefined, connected = true): string {
  return renderToStaticMarkup(
    createElement(App, {
      snapshot,
      connected,
      send: async () => undefined,
      picture: async () => null,
    }),
  )
}

const idle = exampleScreens.idle ?? { name: 'outOfService' as const }
/** A key that is in no catalogue is shown as itself: `group.key`. */
const unknownKey = />[a-z][A-Za-z]*(\.[A-Za-z_]+)+</

describe('App', () => {
  describe.each(['vi', 'en', 'km'] as const)('in %s', (language) => {
    it.each(Object.entries(exampleScreens))('draws %s with all its texts', (_, screen) => {
      const markup = draw(exampleSnapshot(screen, { language }))
      expect(markup).toContain(`data-screen="${screen.name}"`)
      expect(markup).toMatch(/data-testid="title">[^<]{5,}</)
      expect(markup).not.toMatch(unknownKey)
      expect(markup).not.toMatch(/\{\{|undefined|\[object/)
    })
  })

  it('shows the signed code of each slip and its number', () => {
    const screen = exampleScreens['intakeDone-two']
    if (screen?.name !== 'intakeDone') throw new Error('No example')
    const markup = draw(exampleSnapshot(screen))
    for (const slip of screen.slips) {
      expect(markup).toContain(slip.intakeId)
      expect(markup).toContain(`data-payload="${slip.qr}"`)
    }
  })

  it('lights the compartment in the picture of the wall', () => {
    const screen = exampleScreens['depositDoor-open'] ?? idle
    const markup = draw(exampleSnapshot(screen))
    expect(markup.match(/cell lit/g)).toHaveLength(1)
    expect(markup).toMatch(/cell lit"><rect[^>]*><\/rect><text[^>]*>5</)
  })

  it('offers the way back and out only where core would take it', () => {
    const screen = exampleScreens.notice ?? idle
    const markup = draw(exampleSnapshot(screen, { can: { back: false, leave: true } }))
    expect(markup).not.toContain('data-testid="back"')
    expect(markup).toContain('data-testid="leave"')
  })

  it('says why a service is away and does not offer it', () => {
    const markup = draw(
      exampleSnapshot(idle, {
        services: [
          { service: 'intake', available: false, reasons: ['PAPER_OUT', 'PAPER_OUT'] },
          { service: 'collection', available: true, reasons: [] },
        ],
      }),
    )
    expect(markup).toMatch(/data-testid="choose-intake" disabled=""/)
    expect(markup).toContain('Tạm dừng: máy in hết giấy.')
    expect(markup).not.toMatch(/data-testid="choose-collection" disabled/)
  })

  it('warns over the screen, and waits over it while core is away', () => {
    const warned = draw(exampleSnapshot(idle, { warning: { secondsLeft: 17 } }))
    expect(warned).toContain('data-testid="stay"')
    expect(warned).toContain('17 giây')
    const away = draw(exampleSnapshot(idle), false)
    expect(away).toContain('data-testid="moment"')
    expect(away).toContain('data-screen="idle"')
    expect(draw(undefined, false)).toContain('data-testid="moment"')
  })

  it('mentions a camera only where there is one', () => {
    const snapshot = exampleSnapshot(idle)
    expect(draw(snapshot)).toContain('camera')
    expect(draw({ ...snapshot, kiosk: { ...snapshot.kiosk, hasCamera: false } })).not.toContain(
      'camera',
    )
  })
})
