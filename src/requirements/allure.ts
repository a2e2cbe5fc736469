/** A requirement as Allure shows it: the same whether a check is under way or a report is made of a verdict. */
import { createHash } from 'node:crypto';
import { type Label, LabelName, type Parameter, Severity } from 'allure-js-commons';
import type { Requirement } from './types.js';

/** The label by which a result is known to be that of a requirement. */
export const requirementLabel = 'requirement';

/** How an API is called in headings, by its name alone, for a verdict has no more: one without vowels is said letter by letter. */
export function apiName(api: string): string {
  return /[aeiouy]/.test(api) ? api.charAt(0).toUpperCase() + api.slice(1) : api.toUpperCase();
}

/** The action of a requirement, in words: `*` stands for all of an API. */
export function actionName(action: string): string {
  return action === '*' ? 'every action' : action;
}

/** The title of a requirement wherever tests have titles: its id, then the sentence. */
export function titleOf({ id, title }: Pick<Requirement, 'id' | 'title'>): string {
  return `${id} ${title}`;
}

/** The name of a requirement among all others: API, action and id. */
export function fullNameOf({ api, action, id }: Requirement): string {
  return `${api}.${action === '*' ? 'every' : action}.${id}`;
}

/** By which the runs before know a requirement, whatever it is called. */
export function historyIdOf({ id }: Pick<Requirement, 'id'>): string {
  return createHash('md5').update(id).digest('hex');
}

/** What Allure groups, filters and weighs a requirement by. A MUST is critical, a SHOULD minor. */
export function labelsOf({ id, ref, api, action, topic, level, source }: Requirement): Label[] {
  return [
    { name: requirementLabel, value: id },
    { name: 'ref', value: ref },
    { name: 'basis', value: source.basis },
    ...(source.rulings ?? []).map((ruling) => ({ name: 'ruling', value: ruling.id })),
    ...[level, topic].map((value) => ({ name: LabelName.TAG, value })),
    { name: LabelName.SEVERITY, value: level === 'MUST' ? Severity.CRITICAL : Severity.MINOR },
    { name: LabelName.PARENT_SUITE, value: apiName(api) },
    { name: LabelName.SUITE, value: actionName(action) },
    { name: LabelName.LAYER, value: 'api' },
    { name: 'topic', value: topic },
  ];
}

/** What a reader wants to know of a requirement at once. Its history does not depend on them. */
export function parametersOf({ level, needs, source }: Requirement): Parameter[] {
  return Object.entries({ level, 'target must allow': needs, page: source.page }).map(([name, value]) => ({
    name,
    value,
    excluded: true,
  }));
}
