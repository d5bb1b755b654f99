.text
	.type	f, @function
f:
	basr	%r1,0
.L55:
	ahi	%r2,-8
	l	%r1,.L56-.L55(%r1)
	br	%r1	
	.align	4	
.L56:
	.long	.LTHUNK0	
	.size	f, .-f
