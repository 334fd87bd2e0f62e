/** Keys that no citizen ever reads: they need no Khmer. */
const staffKeys = [
  /^(staff|offList|queue|age|answer|messageKind|device|testDoor|testCode|supportBundle|remedy)/,
  /^door\.(stock|empty|return|look|inspect|offList)\./,
  /^field\.(pin|officialCode)\./,
  /^problem\.(pin|badge|notOnList|tooManyOpenings|bagNotExpected|queueMoved|exportFailed|secondIsFirst)/,
] as const

export function isForStaffOnly(key: string): boolean {
  return staffKeys.some((pattern) => pattern.test(key))
}
