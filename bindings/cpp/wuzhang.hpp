// wuzhang for C++17: the C library with handles that free themselves.
#ifndef WUZHANG_HPP
#define WUZHANG_HPP
#include "wuzhang.h"
#endif
