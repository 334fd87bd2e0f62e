import path from 'node:path'
import { connectControl } from '../devices/simulators/base/control-client.ts'
import { type StartedSimulator, startSimulator } from '../devices/simulators/start-simulator.ts'
import type { DemoFolders } from './demo-folders.ts'

export const demoDeviceNames = ['printer', 'locker', 'reader', 'scanner'] as const
export type DemoDeviceName = (typeof demoDeviceNames)[number]
export type DemoDevices = Readonly<Record<DemoDeviceName, StartedSimulator>>

const protocols: Readonly<Record<DemoDeviceName, string>> = {
  printer: 'escpos',
  locker: 'kerong-cu16',
  reader: 'hid-pos',
  scanner: 'sane',
}

export function devicePath(folders: DemoFolders, device: DemoDeviceName): string {
  return path.join(folders.devices, device)
}

/** Whether another demo lives in these folders: its simulators answer. */
export async function isDemoRunning(folders: DemoFolders): Promise<boolean> {
  try {
    const control = await connectControl(`${devicePath(folders, 'locker')}.control`)
    control.close()
    return true
  } catch {
    return false
  }
}

/** The hardware, each device in a process of its own that ends with this one. */
export async function startDemoDevices(folders: DemoFolders): Promise<DemoDevices> {
  const start = (device: DemoDeviceName, options: Readonly<Record<string, string>> = {}) => {
    const on = devicePath(folders, device)
    const protocol = protocols[device]
    return startSimulator({ device, protocol, on, state: `${on}.state.json`, options })
  }
  const [printer, locker, reader, scanner] = await Promise.all([
    start('printer', { out: folders.slips }),
    start('locker'),
    start('reader'),
    start('scanner'),
  ])
  return { printer, locker, reader, scanner }
}
