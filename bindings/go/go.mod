module wuzhang

go 1.19
