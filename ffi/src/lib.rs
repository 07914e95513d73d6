//! The C library of wuzhang: a shell over the JSON façade of [`wuzhang`]. It exports nothing so far.
