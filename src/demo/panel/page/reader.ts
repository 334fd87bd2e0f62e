import type { PanelState } from '../panel-world.ts'
import { act, say } from './api.ts'
import { button, h, label, live } from './dom.ts'
import { takeInHand } from './wall.ts'

export async function hold(text: string, aimId = ']Q1'): Promise<void> {
  const result = (await act({ on: 'reader', command: 'hold', args: { text, aimId } })) as
    | { heard?: boolean }
    | undefined
  if (result?.heard === false) say('Không ai nghe: the kiosk does not listen to the reader')
}

const draw = live('reader')
const freeText = h('input')
freeText.placeholder = 'mã bất kỳ · any text'
const free = h(
  'form',
  {},
  h('h3', {}, 'Tùy ý · anything'),
  h('div', { class: 'row' }, freeText, h('button', {}, 'Đưa vào')),
)
free.addEventListener('submit', (event) => {
  event.preventDefault()
  if (freeText.value !== '') void hold(freeText.value)
})
document.getElementById('reader')?.append(free)

const groups = [
  ['card', 'Căn cước · identity card'],
  ['bag', 'Túi hồ sơ · bag'],
  ['badge', 'Thẻ cán bộ · staff badge'],
] as const

export function drawReader({ things, slips }: PanelState): void {
  draw([things, slips], () => [
    ...groups.flatMap(([group, title]) => [
      h('h3', {}, title),
      ...(group === 'bag' ? [newBag()] : []),
      ...things
        .filter((thing) => thing.group === group)
        .map((thing) => {
          const element = button(label(thing.label, thing.note ?? ''), thing.text, () => {
            if (group === 'bag') takeInHand(thing.text)
            void hold(thing.text, thing.aimId)
          })
          element.classList.add('thing')
          return element
        }),
    ]),
    h('h3', {}, 'Phiếu đã in · printed slips'),
    ...slips
      .filter((slip) => slip.qr !== '')
      .map((slip) => {
        const at = new Date(slip.printedAtMs).toLocaleTimeString('vi')
        const element = button(label(slip.qr.slice(0, 28), at), slip.qr, () => void hold(slip.qr))
        element.classList.add('thing')
        return element
      }),
    slips.some((slip) => slip.qr !== '') ? h('span') : h('span', { class: 'quiet' }, 'chưa có'),
  ])
}

function newBag(): HTMLElement {
  const element = button(label('Lấy túi mới', 'take a bag from the stock and hold it'), '', () => {
    void act({ on: 'stock', command: 'takeBag' }).then((result) => {
      const { bagCode } = (result ?? {}) as { bagCode?: string }
      if (bagCode === undefined) return
      takeInHand(bagCode)
      void hold(bagCode, ']C0')
    })
  })
  element.classList.add('thing', 'main')
  return element
}
