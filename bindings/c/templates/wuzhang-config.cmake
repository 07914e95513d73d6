# find_package(wuzhang) gives wuzhang::wuzhang (shared) and wuzhang::static.
get_filename_component(_wuzhang_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
find_package(Threads REQUIRED)
if(NOT TARGET wuzhang::wuzhang)
  add_library(wuzhang::wuzhang SHARED IMPORTED)
  set_target_properties(wuzhang::wuzhang PROPERTIES
    IMPORTED_LOCATION "${_wuzhang_prefix}/lib/libwuzhang.so.@ABI@"
    IMPORTED_SONAME "libwuzhang.so.@ABI@"
    INTERFACE_INCLUDE_DIRECTORIES "${_wuzhang_prefix}/include")
endif()
if(NOT TARGET wuzhang::static)
  add_library(wuzhang::static STATIC IMPORTED)
  set_target_properties(wuzhang::static PROPERTIES
    IMPORTED_LOCATION "${_wuzhang_prefix}/lib/libwuzhang.a"
    INTERFACE_INCLUDE_DIRECTORIES "${_wuzhang_prefix}/include"
    INTERFACE_LINK_LIBRARIES "gcc_s;Threads::Threads;${CMAKE_DL_LIBS};m")
endif()
unset(_wuzhang_prefix)
