/** "MC247" shortened to 32 bits: tells our files from other databases. */
export const applicationId = 0x4d433234
