.text
	.type	f, @function
f:
	ltr	%r2,%r2	# 1	[c=4 l=4]  p
	jg	g	# 1	[c=4 l=4]  p
	.size	f, .-f
