.text
	.type	f, @function
f:
	ahi	%r2,5	# 1	[c=4 l=4]  p
	br	%r1	# 1	[c=4 l=4]  *sibcall_br
	.size	f, .-f
