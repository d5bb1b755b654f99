.text
	.type	f, @function
f:
	stm	%r10,%r15,40(%r15)	# 1	[c=4 l=4]  p
	lr	%r11,%r15	# 1	[c=4 l=4]  p
	lm	%r10,%r15,40(%r11)	# 1	[c=4 l=4]  p
	ahi	%r2,3	# 1	[c=4 l=4]  p
	br	%r14	# 9	[c=0 l=2]  return
	.size	f, .-f
