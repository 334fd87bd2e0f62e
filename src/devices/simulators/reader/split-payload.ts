const reportId = 2
const reportLengthBytes = 64
const dataCapacityBytes = 56
const dataOffset = 5
/** Honeywell's symbology letter for QR; it stands in the first vendor byte. */
const vendorSymbology = 0x73

/** Reports of one code as a Honeywell-like reader sends them: 56 bytes each, all but the last one "continued". */
export function splitPayload(payload: Uint8Array, aimId = ']Q1'): readonly Uint8Array[] {
  const reports: Uint8Array[] = []
  let at = 0
  do {
    const data = payload.subarray(at, at + dataCapacityBytes)
    at += dataCapacityBytes
    const report = new Uint8Array(reportLengthBytes)
    report.set([reportId, data.length, ...Buffer.from(aimId, 'latin1').subarray(0, 3)])
    report.set(data, dataOffset)
    report[61] = vendorSymbology
    report[63] = at < payload.length ? 1 : 0
    reports.push(report)
  } while (at < payload.length)
  return reports
}
