/**
 * What a server meant by an answer.
 * `served`: a success, or what is plainly meant as one. `refused`: a documented or sensible refusal.
 * `broken`: neither (no JSON object where one is promised).
 */
export type Outcome = 'served' | 'refused' | 'broken';
