import type { PanelState } from '../panel-world.ts'
import { act } from './api.ts'
import { button, h, label, live } from './dom.ts'

const draw = live('cables')

const names = {
  printer: 'Máy in',
  locker: 'Tủ khóa',
  reader: 'Máy đọc',
  scanner: 'Máy quét',
} as const
type Device = keyof typeof names
const devices = Object.keys(names) as Device[]

/** What each wire can have; USB delivers a report whole or not at all. */
const faults: Readonly<Record<Device, readonly string[]>> = {
  printer: ['silent', 'wrongChecksum', 'byteByByte', 'noise', 'lateReply'],
  locker: ['silent', 'wrongChecksum', 'byteByByte', 'noise', 'lateReply'],
  reader: ['silent', 'lateReply'],
  scanner: ['silent'],
}
const labels: Readonly<Record<string, readonly [string, string]>> = {
  silent: ['Im lặng', 'silent'],
  wrongChecksum: ['Sai tổng', 'bad checksum'],
  byteByByte: ['Từng byte', 'byte by byte'],
  noise: ['Nhiễu', 'noise'],
  lateReply: ['Trả lời chậm', 'late'],
}
const active = new Set<string>()

export function drawCables(state: PanelState): void {
  const { plugged, networkCut } = state
  draw([plugged, networkCut, [...active]], () => {
    const table = h('table')
    for (const device of devices) {
      const cells = faults[device].map((fault) => {
        const key = `${device} ${fault}`
        const on = active.has(key)
        const [vietnamese, english] = labels[fault] ?? [fault, fault]
        return button(
          label(vietnamese, english),
          '',
          () =>
            void act({ on: device, command: 'fault', args: { fault, on: !on } }).then((done) => {
              if (done === undefined) return
              if (on) active.delete(key)
              else active.add(key)
              drawCables(state)
            }),
          on,
        )
      })
      const plug = button(
        label(plugged[device] ? 'Rút cáp' : 'Cắm lại', plugged[device] ? 'unplug' : 'plug in'),
        '',
        () => void act({ on: device, command: 'plug', args: { on: !plugged[device] } }),
        !plugged[device],
      )
      table.append(
        h(
          'tr',
          {},
          h('th', {}, names[device]),
          h('td', {}, h('div', { class: 'row' }, plug, ...cells)),
        ),
      )
    }
    const network = button(
      label(networkCut ? 'Nối lại mạng' : 'Cắt mạng', networkCut ? 'restore' : 'cut the network'),
      '',
      () => void act({ on: 'network', cut: !networkCut }),
      networkCut,
    )
    table.append(h('tr', {}, h('th', {}, 'Mạng'), h('td', {}, network)))
    return [table]
  })
}
