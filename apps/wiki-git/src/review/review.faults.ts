import { defineFault } from '#libs/faults';

/** Proposals that wait in one project. */
export const PROPOSALS_OPEN_MAX = 200;

export const REVIEW_FULL = defineFault('wiki.review.full', 'limited', `${PROPOSALS_OPEN_MAX} proposals wait in this project already: a person has to approve or reject some.`);
export const REVIEW_DECIDED = defineFault('wiki.review.decided', 'conflict', 'Somebody has approved or rejected this proposal already.');
export const REVIEW_OUTDATED = defineFault('wiki.review.outdated', 'conflict', 'The page has changed since in the same lines. Write what is right yourself, and reject the proposal.');
export const PEOPLE_DECIDE = defineFault('wiki.review.people-decide', 'forbidden', 'Only a person approves or rejects.');
export const NOTHING_TO_EDIT = defineFault('wiki.review.nothing-to-edit', 'invalid', 'The proposal is to delete the page: there is no text to edit.');
