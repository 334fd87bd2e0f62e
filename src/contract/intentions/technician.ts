import { z } from 'zod'
import { deviceTests } from '../diagnosis.ts'
import { intention } from './intention.ts'

const technician = ['technician'] as const

/** A technician at the machine. */
export const technicianIntentions = {
  inspect: intention(technician, ['devices'], { device: z.string().max(40) }),
  writeBundle: intention(technician, ['devices'], {}),
  runTest: intention(technician, ['device'], { test: z.enum(deviceTests) }),
  openCompartment: intention(technician, ['testDoors'], { compartment: z.int() }),
} as const
