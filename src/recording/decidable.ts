/** The requirements that traffic of others can decide: by one exchange (the observers), or by several (the rules of this room). */
export const decidable: ReadonlySet<string> = new Set([
  ...of('OZ-COM', '1 2 3 4 5 6 7 8 9 13'),
  ...of('OZ-LOGIN', '1 2 2-SHOULD 3 4 5 8'),
  ...of('OZ-FRIEND', '1 2 2-SHOULD 3'),
  ...of('OZ-CONV', '1 2 3 4 5 6 8 9'),
  ...of('OZ-ADD', '1 2 3 4 5'),
  ...of('OZ-PAGE', '1 1-SHOULD 2 3 4 4-SHOULD 5 6 9 10'),
  ...of('OZ-DOWN', '1 2 3'),
  ...of('OZ-CLEAR', '1 2'),
  ...of('OZ-FLAG', '1-FAVORITE 1-UNFAVORITE 1-COLOR 1-MUTE 1-UNMUTE 1-HIDE 1-UNHIDE'),
  ...of('OZ', 'REPORT-1 NOTIF-1 WORK-1'),
  ...of('GE-COM', '1 1-SHOULD 1-FROM-SHOULD 2 3 4 7'),
  ...of('GE-REQ', '1 2 3 3-SHOULD'),
  ...of('GE-MSG', '1 2 3 4 5 7 7-SHOULD 8'),
  ...of('GE', 'DATA-1 DONE-1 DONE-1-SHOULD'),
  ...of('RE-COM', '1 1-SHOULD 2 5'),
  ...of('RE-LIST', '1 2 3 5 6 6-SHOULD 7 8 9 10 11 13'),
  ...of('RE', 'SEND-1 SEND-2 SEND-4 READ-1 HIDE-1 UNREAD-1'),
]);

function of(prefix: string, parts: string): string[] {
  return parts.split(' ').map((part) => `${prefix}-${part}`);
}
