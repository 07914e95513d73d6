/** What Java costs over C. */
package wuzhang.bench;
