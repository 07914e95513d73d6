/**
 * wuzhang for Java: the rules of the Five-Ledger Method (五账法) of grassroots visits. Commands go in; events, findings
 * and duties come out, each with the article or the assumption it rests on. All text is the JSON of every other face of
 * wuzhang, byte for byte.
 *
 * <p>{@link wuzhang.Book} remembers, {@link wuzhang.Engine} does not, both are made of a {@link wuzhang.Policy} and a
 * roster. What the rules refuse is an {@link wuzhang.Outcome}; what cannot be done at all is a
 * {@link wuzhang.WuzhangException}.
 */
package wuzhang;
