import type { PanelState } from '../panel-world.ts'
import { act, readPicture } from './api.ts'
import { button, h, label, live } from './dom.ts'

const drawControls = live('printer')
const drawPaper = live('printer')
const pictures = new Map<string, Promise<string>>()

const send = (command: string, args: Readonly<Record<string, unknown>> = {}) =>
  void act({ on: 'printer', command, args })

export function drawPrinter({ devices, slips }: PanelState): void {
  const state = (devices.printer ?? {}) as Readonly<Record<string, unknown>>
  drawControls(state, () => [
    h('h3', {}, 'Giấy · paper'),
    h(
      'div',
      { class: 'row' },
      button('Đủ', 'ok', () => send('paper', { state: 'ok' })),
      button('Sắp hết', 'low', () => send('paper', { state: 'low' }), state.paper === 'low'),
      button('Hết', 'out', () => send('paper', { state: 'out' }), state.paper === 'out'),
      button(label('Hết giữa chừng', 'out after two bands'), '', () =>
        send('paperOutAfter', { bands: 2 }),
      ),
    ),
    h(
      'div',
      { class: 'row' },
      toggle('Mở nắp', 'cover', state.coverOpen === true, 'openCover'),
      toggle('Kẹt dao', 'cutter', state.cutterBlocked === true, 'cutterJam'),
      toggle('Quá nóng', 'head too hot', state.headTooHot === true, 'headTooHot'),
      button(label('Rút phiếu', 'take the paper away'), '', () => send('takePaper')),
    ),
  ])
  const newest = slips[0]
  drawPaper([newest?.name, newest?.printedAtMs], () => {
    if (newest === undefined)
      return [h('p', { class: 'quiet' }, 'Chưa in gì · nothing printed yet')]
    const image = h('img')
    image.alt = newest.name
    void pictureOf(`${newest.name} ${newest.printedAtMs}`, newest.name).then((url) => {
      image.src = url
    })
    return [h('div', { class: 'paper' }, image), h('span', { class: 'quiet' }, newest.name)]
  })
}

function toggle(text: string, english: string, on: boolean, command: string): HTMLElement {
  return button(label(text, english), '', () => send(command, { on: !on }), on)
}

function pictureOf(key: string, name: string): Promise<string> {
  const known = pictures.get(key) ?? readPicture(name)
  pictures.set(key, known)
  return known
}
