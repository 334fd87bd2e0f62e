import { EventEmitter } from 'node:events'

/** Electron's `on` as its parts declare it: any listener, by name. */
export class Emitter {
  private readonly emitter = new EventEmitter()

  on(event: string, listener: (...args: never[]) => void): this {
    this.emitter.on(event, listener as (...args: unknown[]) => void)
    return this
  }

  once(event: string, listener: (...args: never[]) => void): this {
    this.emitter.once(event, listener as (...args: unknown[]) => void)
    return this
  }

  emit(event: string, ...args: unknown[]): void {
    this.emitter.emit(event, ...args)
  }
}

export interface StandInEvent {
  preventDefault(): void
  readonly defaultPrevented: boolean
}

export function createEvent<T extends object>(fields: T): T & StandInEvent
export function createEvent(): StandInEvent
export function createEvent(fields: object = {}): StandInEvent {
  let prevented = false
  return Object.defineProperties(
    { ...fields },
    {
      preventDefault: { value: () => (prevented = true) },
      defaultPrevented: { get: () => prevented },
    },
  ) as StandInEvent
}
