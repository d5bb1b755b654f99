.text
	.type	f, @function
f:
	l	%r1,0(%r2)	# 1	[c=4 l=4]  p
	stm	%r11,%r15,44(%r15)	# 1	[c=4 l=4]  p
	ahi	%r15,-96	# 1	[c=4 l=4]  p
	lm	%r11,%r15,140(%r15)	# 1	[c=4 l=4]  p
	br	%r14	# 9	[c=0 l=2]  return
	.size	f, .-f
