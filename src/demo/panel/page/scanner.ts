import type { PanelState } from '../panel-world.ts'
import { act } from './api.ts'
import { button, h, label, live } from './dom.ts'

const draw = live('scanner')

const send = (command: string, args: Readonly<Record<string, unknown>> = {}) =>
  void act({ on: 'scanner', command, args })

/** What a citizen may lay into the feeder. */
const sheets: readonly (readonly [string, string, Readonly<Record<string, unknown>>])[] = [
  ['Tờ khai', 'a form', { kind: 'form' }],
  ['Trang trắng', 'blank', { kind: 'blank' }],
  ['Nằm lệch', 'crooked', { kind: 'form', skewDegrees: 7 }],
  ['Mờ', 'blurred', { kind: 'form', blurPx: 4 }],
  ['Gập góc', 'folded corner', { kind: 'form', foldedCornerMm: 20 }],
  ['Giấy màu', 'coloured', { kind: 'form', paper: '#8fc7a0' }],
  ['Ảnh', 'photograph', { kind: 'photo' }],
]

/** A pile like in earnest: one of them blank, one crooked. */
const pile = [1, 2, 3, 4, 5].map((number) => ({
  ...{ number, kind: number === 4 ? 'blank' : 'form' },
  ...(number === 3 ? { skewDegrees: 3 } : {}),
}))

export function drawScanner({ devices }: PanelState): void {
  const state = (devices.scanner ?? {}) as Readonly<Record<string, unknown>>
  draw(state, () => [
    h('h3', {}, 'Đặt giấy · lay in'),
    h(
      'div',
      { class: 'row' },
      button('5 trang', 'a pile of five', () => send('insert', { sheets: pile })),
      ...sheets.map(([vietnamese, english, sheet]) =>
        button(label(vietnamese, english), '', () => send('insert', { sheets: [sheet] })),
      ),
    ),
    h('p', { class: 'quiet' }, `Trong khay: ${state.inFeeder ?? '?'} · in the feeder`),
    h(
      'div',
      { class: 'row' },
      button(label('Lấy giấy ra', 'take out'), '', () => send('takeOut')),
      button(label('Kẹt ở tờ sau', 'jam at the next'), '', () => send('jam')),
      button(label('Kéo hai tờ', 'double feed'), '', () => send('doubleFeed')),
      button(
        label('Gỡ giấy kẹt', 'free the paper'),
        '',
        () => send('clearJam'),
        state.stuck === true,
      ),
      button(
        label('Mở nắp', 'cover'),
        '',
        () => send('openCover', { on: state.coverOpen !== true }),
        state.coverOpen === true,
      ),
      button(label('Chậm', 'slow: 4 s a page'), '', () => send('slow', { pageMs: 4_000 })),
      button(label('Nhanh', 'fast'), '', () => send('slow', { pageMs: 0 })),
    ),
  ])
}
