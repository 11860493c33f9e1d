/** The five observations of a held conversation (scoring.md section 2), as `meetingChecklist` names them. */
export const QUALITY_MARKS = ['onTime', 'participation', 'executive', 'followedThrough', 'strategic'] as const;
