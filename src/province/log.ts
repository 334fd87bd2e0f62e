/** One line per thing an administrator must know. Callers never pass bodies, names, codes or phone numbers. */
export type Log = (level: 'info' | 'error', line: string) => void

export const consoleLog: Log = (level, line) => {
  if (level === 'error') console.error(line)
  else console.log(line)
}
