import type { DeviceTest, Diagnosis, TestRecord } from '../../../contract/diagnosis.ts'

export interface DeviceExchange {
  readonly agoMs: number
  readonly direction: 'out' | 'in'
  readonly hex: string
}

/** Devices as a technician sees them. */
export interface TechnicianPort {
  diagnose(): Diagnosis
  /** The newest exchanges with the wire, oldest first; undefined when there is no such device. */
  exchanges(device: string): readonly DeviceExchange[] | undefined
  /** What can be tried with it at the machine. */
  testsOf(device: string): readonly DeviceTest[]
  /** Tests that need no hand but the technician's eye. Never rejects. */
  run(
    test: Extract<DeviceTest, 'testSlip' | 'readDoors' | 'scanPage'>,
  ): Promise<Pick<TestRecord, 'outcome' | 'detail'>>
  record(
    device: string,
    test: DeviceTest,
    result: Pick<TestRecord, 'outcome' | 'detail'>,
    staffId: string,
  ): void
  /** Compartments that are empty on record and by their sensors. */
  emptyCompartments(): readonly number[]
  /** Compartments in which something lies on record, or of which nobody knows. */
  heldCompartments(): readonly number[]
  /** Written, fsynced and read back when it resolves. */
  writeBundle(): Promise<{ readonly file: string; readonly bytes: number }>
}
