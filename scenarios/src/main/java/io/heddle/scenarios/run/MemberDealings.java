package io.heddle.scenarios.run;

/**
 * What a member's engine owes it, and who watches that.
 *
 * @param givenUp what the engine may leave out
 * @param promises what it promises
 * @param interjected told of interjections
 */
record MemberDealings(
    GivenUp givenUp, Promises promises, MemberSurroundings.Interjected interjected) {}
