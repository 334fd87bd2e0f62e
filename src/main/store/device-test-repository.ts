import type { TestRecord } from '../../contract/diagnosis.ts'
import type { StoreContext } from './store-context.ts'

export interface DeviceTestRepository {
  lastTest(device: string): TestRecord | undefined
  recordDeviceTest(device: string, record: TestRecord, staffId: string): void
}

export function deviceTestRepository(context: StoreContext): DeviceTestRepository {
  const { db, transact, audit } = context
  const last = db.prepare<[string], TestRecord>(
    'SELECT test, at, outcome, detail FROM device_test WHERE device = ?',
  )
  const record = db.prepare<[Record<string, string>]>(
    `INSERT INTO device_test (device, test, at, outcome, detail, staff_id)
     VALUES (@device, @test, @at, @outcome, @detail, @staffId)
     ON CONFLICT (device) DO UPDATE SET test = excluded.test, at = excluded.at,
       outcome = excluded.outcome, detail = excluded.detail, staff_id = excluded.staff_id`,
  )
  return {
    lastTest: (device) => last.get(device),
    recordDeviceTest(device, tested, staffId) {
      transact('commit:recordDeviceTest', () => {
        record.run({ device, staffId, ...tested })
        audit('device.tested', { device, staffId, test: tested.test, outcome: tested.outcome })
      })
    },
  }
}
