import { diagnoseCommand } from './diagnose-command.ts'

process.exitCode = await diagnoseCommand(process.argv.slice(2))
// Devices that never answered must not hold the command.
process.exit()
