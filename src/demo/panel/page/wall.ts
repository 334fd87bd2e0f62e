import type { PanelState } from '../panel-world.ts'
import { act } from './api.ts'
import { button, h, label, live } from './dom.ts'

interface DoorState {
  readonly board: number
  readonly lock: number
  readonly open: boolean
  readonly items: readonly string[]
  readonly jammed: boolean
  readonly stuckDoor?: 'open' | 'closed'
  readonly stuckItem?: 'present' | 'absent'
}
type Compartment = PanelState['config']['compartments'][number]

const inHand = h('input')
inHand.value = 'Phong bì 1'
const hand = h('div', { class: 'row' }, 'Đang cầm trên tay · in hand', inHand)
document.getElementById('wall')?.append(hand)
const draw = live('wall')
let selected: number | undefined

export function takeInHand(item: string): void {
  inHand.value = item
}

export function drawWall(state: PanelState): void {
  const { doors = [] } = (state.devices.locker ?? {}) as { doors?: readonly DoorState[] }
  draw([doors, selected], () => {
    const grid = h('div', { class: 'doors' })
    const columns = Math.max(...state.config.compartments.map(({ column }) => column))
    grid.style.gridTemplateColumns = `repeat(${columns}, 1fr)`
    for (const compartment of state.config.compartments) {
      const door = doors.find(
        ({ board, lock }) => board === compartment.board && lock === compartment.lock,
      )
      if (door !== undefined) grid.append(drawDoor(compartment, door, () => drawWall(state)))
    }
    return [h('h3'), grid, ...drawSelected(state.config.compartments, doors)]
  })
}

function command(door: DoorState, name: string, args: Readonly<Record<string, unknown>> = {}) {
  const { board, lock } = door
  return () => void act({ on: 'locker', command: name, args: { board, lock, ...args } })
}

function drawDoor(compartment: Compartment, door: DoorState, redraw: () => void): HTMLElement {
  const { number, kind, size, row, column } = compartment
  const names = [door.open ? 'open' : '', size, selected === number ? 'selected' : '']
  const head = h(
    'header',
    {
      title: 'Chọn ngăn · select',
      onclick: () => {
        selected = selected === number ? undefined : number
        redraw()
      },
    },
    h('b', {}, String(number)),
    label(door.open ? 'đang mở' : 'đóng', kind === 'drop' ? 'nộp · drop' : 'trả · result'),
  )
  const actions = door.open
    ? [
        // Read at the click: what is in hand changes without the doors.
        button('Bỏ vào', 'put in what is in hand', () =>
          command(door, 'putItem', { item: inHandNow() })(),
        ),
        button('Đóng', 'close', command(door, 'closeDoor')),
      ]
    : [button('Kéo', 'pull the handle', command(door, 'pullDoor'))]
  const element = h(
    'div',
    { class: `door ${names.join(' ')}` },
    head,
    ...door.items.map((item) => h('span', { class: 'item' }, item)),
    door.jammed ? h('div', { class: 'flag' }, 'kẹt · jammed') : undefined,
    door.stuckDoor || door.stuckItem
      ? h('div', { class: 'flag' }, 'cảm biến hỏng · dead sensor')
      : undefined,
    h(
      'div',
      { class: 'row' },
      ...actions,
      door.open && door.items.length > 0
        ? button('Lấy ra', 'take out', command(door, 'takeItem'))
        : undefined,
    ),
  )
  element.style.gridRow = String(row)
  element.style.gridColumn = String(column)
  return element
}

const inHandNow = () => inHand.value || 'vật lạ'

function drawSelected(compartments: readonly Compartment[], doors: readonly DoorState[]): Node[] {
  const compartment = compartments.find(({ number }) => number === selected)
  const door = doors.find(
    ({ board, lock }) => board === compartment?.board && lock === compartment.lock,
  )
  if (door === undefined)
    return [h('p', { class: 'quiet' }, 'Bấm số ngăn để gây sự cố · select a door for mishaps')]
  const toggle = (text: string, english: string, on: boolean, name: string, args = {}) =>
    button(label(text, english), '', command(door, name, { on: !on, ...args }), on)
  return [
    h('h3', {}, `Ngăn ${selected}`),
    h(
      'div',
      { class: 'row' },
      button(label('Cạy mở', 'force open'), '', command(door, 'openDoor')),
      toggle('Kẹt cửa', 'jam', door.jammed, 'jam'),
      toggle('Công tắc cửa hỏng', 'door switch dead', door.stuckDoor !== undefined, 'sensorDead', {
        which: 'door',
      }),
      toggle('Cảm biến vật hỏng', 'item sensor dead', door.stuckItem !== undefined, 'sensorDead', {
        which: 'item',
      }),
    ),
  ]
}
