/** SANE API standard 1.06, §4.2.7, as far as a sheet feeder says it. */
export const saneStatus = {
  good: 0,
  unsupported: 1,
  cancelled: 2,
  deviceBusy: 3,
  invalid: 4,
  eof: 5,
  jammed: 6,
  noDocuments: 7,
  coverOpen: 8,
  ioError: 9,
} as const
export type SaneStatus = (typeof saneStatus)[keyof typeof saneStatus]
