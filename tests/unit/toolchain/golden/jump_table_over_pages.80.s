.text
	.type	f, @function
f:
	larl	%r1,.L9	# 1	[c=4 l=4]  p
	l	%r1,0(%r2,%r1)	# 1	[c=4 l=4]  p
	br	%r1	# 1	[c=4 l=4]  *casesi_jump
.L1:
	mhi	%r2,2	# 1	[c=4 l=4]  p
	mhi	%r2,3	# 1	[c=4 l=4]  p
	mhi	%r2,4	# 1	[c=4 l=4]  p
	mhi	%r2,5	# 1	[c=4 l=4]  p
	mhi	%r2,6	# 1	[c=4 l=4]  p
	mhi	%r2,7	# 1	[c=4 l=4]  p
	mhi	%r2,8	# 1	[c=4 l=4]  p
	mhi	%r2,9	# 1	[c=4 l=4]  p
	mhi	%r2,10	# 1	[c=4 l=4]  p
	mhi	%r2,11	# 1	[c=4 l=4]  p
	mhi	%r2,12	# 1	[c=4 l=4]  p
	mhi	%r2,13	# 1	[c=4 l=4]  p
	mhi	%r2,14	# 1	[c=4 l=4]  p
	mhi	%r2,15	# 1	[c=4 l=4]  p
	mhi	%r2,16	# 1	[c=4 l=4]  p
	mhi	%r2,17	# 1	[c=4 l=4]  p
	mhi	%r2,18	# 1	[c=4 l=4]  p
	mhi	%r2,19	# 1	[c=4 l=4]  p
	mhi	%r2,20	# 1	[c=4 l=4]  p
	mhi	%r2,21	# 1	[c=4 l=4]  p
	mhi	%r2,22	# 1	[c=4 l=4]  p
	mhi	%r2,23	# 1	[c=4 l=4]  p
.L2:
	lhi	%r2,6000	# 1	[c=4 l=4]  p
	br	%r14	# 9	[c=0 l=2]  return
	.size	f, .-f
	.section	.rodata
	.align	4
.L9:
	.long	.L1
	.long	.L2
	.text
