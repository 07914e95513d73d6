/** What a back end does with wuzhang: a book that is kept in a file, and a servlet in front of it. */
package wuzhang.examples;
