import type { HeldData } from './held-data.ts'

export const provinceHeld = {
  dossier: {
    tables: ['dossiers', 'messages', 'pages'],
    what: "a dossier's content, its scanned pages, and the message that brought it, as the kiosk sealed them",
    form: 'sealed',
    why: 'to deal with it; afterwards to answer questions about it',
    keep: {
      days: 365,
      since:
        'its result or its papers were handed out or went to the counter, or it was refused or withdrawn, and every official system has it (`retention.dossierDays`)',
    },
  },
  dossierWithoutResult: {
    tables: ['dossiers', 'messages', 'pages'],
    what: 'the same, of an accepted dossier whose result was never brought to a machine',
    form: 'sealed',
    why: 'it is not known here when it ended',
    keep: { days: 730, since: 'it was accepted (`retention.dossierWithoutResultDays`)' },
  },
  notices: {
    tables: ['sms', 'messages', 'results'],
    what: 'messages to phones with number and text, what a kiosk sealed for them, the phone of a result that was typed by an officer',
    form: 'sealed',
    why: 'to be sent; to see what was sent when somebody asks',
    keep: {
      days: 30,
      since: 'it was written; a phone: since the result left the machine (`retention.noticeDays`)',
    },
  },
  sending: {
    tables: ['sms_sendings', 'notices'],
    what: 'what became of each message: sent, refused, uncertain',
    form: 'none',
    why: 'nobody gets a message three times',
    keep: { forGood: 'numbers and states only' },
  },
  official: {
    tables: ['official_systems', 'official_deliveries', 'official_steps'],
    what: 'what each official system was told, and its answer where it refused (sealed)',
    form: 'sealed',
    why: 'no dossier is brought there twice',
    keep: { until: 'the refusal is settled (the answer); codes and states stay' },
  },
  codes: {
    tables: ['dossiers', 'dossier_ends', 'results', 'official_counters', 'feed_items', 'messages'],
    what: 'dossier numbers and codes, statuses, times, hashes, receipts; on the feed also the names of staff',
    form: 'staff',
    why: "a slip in a citizen's hand must be found again, and the same message get the same receipt",
    keep: { forGood: 'it names no citizen; erased dossiers keep it' },
  },
  erasures: {
    tables: ['erasures'],
    what: 'which dossier was erased, when, by whom',
    form: 'none',
    why: 'to prove that it was',
    keep: { forGood: 'it proves the erasure' },
  },
  users: {
    tables: ['users', 'sessions', 'staff_grants'],
    what: "officers' names, hashes of passwords, sessions; grants of the staff at machines",
    form: 'staff',
    why: 'to sign in',
    keep: { forGood: 'a session ends by itself; who did what must stay readable' },
  },
  accessLog: {
    tables: ['access_log'],
    what: 'who of the staff looked at which dossier, and who used the privacy tool',
    form: 'staff',
    why: 'to find misuse',
    keep: { forGood: 'it only grows; it names no citizen' },
  },
  machines: {
    tables: [
      'kiosks',
      'epochs',
      'identity',
      'feed_refusals',
      'heartbeats',
      'audit_heads',
      'kiosk_alarms',
      'phone_code_requests',
    ],
    what: 'the machines and how they are',
    form: 'none',
    why: 'to run them',
    keep: { forGood: 'it is about nobody' },
  },
  keys: {
    tables: [],
    files: ['keys.json'],
    what: "the province's keys",
    form: 'none',
    why: 'to open what kiosks seal',
    keep: { forGood: 'without them nothing can be read' },
  },
} as const satisfies Readonly<Record<string, HeldData>>
